package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are still as the lock says need not be taken apart; any others must be. */
final class LockedFilesTest {
    @TempDir
    Path folder;

    @Test
    void an_unchanged_folder_holds_what_the_lock_says() throws IOException {
        ModelSource source = new ModelSource.Folder(TinyModelFolder.copyTo(folder.resolve("model")));
        Lock lock = ClaimedFilesTest.lock(source);

        Optional<LockedFiles.Unchanged> unchanged = files(lock).unchanged(source, "model");

        SourceFacts read = source.read("model");
        assertThat(unchanged).isPresent();
        assertThat(unchanged.get().facts().notes()).isEqualTo(read.notes());
        read.proof()
                .keySet()
                .forEach(layer -> assertThat(unchanged.get().facts().proof().get(layer))
                        .isEqualTo(lock.layer(layer).pinned()));
        assertThat(unchanged.get().coverage()).isEmpty();
    }

    @Test
    void nothing_is_said_of_a_folder_in_which_anything_changed() throws IOException {
        Path model = TinyModelFolder.copyTo(folder.resolve("model"));
        ModelSource source = new ModelSource.Folder(model);
        LockedFiles files = files(ClaimedFilesTest.lock(source));

        Files.writeString(model.resolve("preset.ini"), "");
        assertThat(files.unchanged(source, "model")).isEmpty();
        Files.delete(model.resolve("preset.ini"));
        Files.writeString(model.resolve("notes.md"), "no engine reads it");
        assertThat(files.unchanged(source, "model")).isPresent();
        FlippedByte.at(model.resolve("model.safetensors"), 100);
        assertThat(files.unchanged(source, "model")).isEmpty();
        Files.delete(model.resolve("model.safetensors"));
        assertThat(files.unchanged(source, "model")).isEmpty();
    }

    @Test
    void a_gguf_file_is_known_by_its_digest() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        ModelSource source = new ModelSource.Gguf(file);
        Lock lock = ClaimedFilesTest.lock(source);
        LockedFiles files = files(lock);

        assertThat(files.unchanged(source, "model"))
                .map(unchanged -> unchanged.facts().proof().get(Layer.WEIGHTS))
                .contains(lock.layer(Layer.WEIGHTS).pinned());
        assertThat(files.unchanged(source, "projector")).isEmpty();

        FlippedByte.at(file, Files.size(file) - 1);
        assertThat(files.unchanged(source, "model")).isEmpty();
    }

    @Test
    void nothing_is_said_of_stores() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("m.gguf"));
        LockedFiles files = files(ClaimedFilesTest.lock(new ModelSource.Gguf(file)));

        assertThat(files.unchanged(new ModelSource.Ollama(folder, "tiny"), "model"))
                .isEmpty();
        assertThat(files.unchanged(new ModelSource.Hub(folder, "a/b", "main", FileSelection.EVERYTHING), "model"))
                .isEmpty();
    }

    private static LockedFiles files(Lock lock) {
        return new LockedFiles(lock, new Tier.Cached(), Hashing.onAllCores());
    }
}
