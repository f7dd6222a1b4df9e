package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkSidecarTest {
    private static final ChunkTree TREE = new ChunkTree(2, 3, List.of(Sha256.of("ab"), Sha256.of("c")));
    private static final SortedMap<String, String> ROOTS = new TreeMap<>(Map.of("model.gguf", TREE.root()));

    @TempDir
    private Path folder;

    @Test
    void reads_the_chunks_that_the_lock_names() throws IOException {
        Path sidecar = folder.resolve("lk1" + ChunkSidecar.SUFFIX);

        ChunkSidecar.write(sidecar, new TreeMap<>(Map.of("model.gguf", TREE, "other.gguf", TREE)));

        assertThat(ChunkSidecar.read(sidecar, ROOTS)).containsExactly(Map.entry("model.gguf", TREE));
        assertThat(Files.readString(sidecar)).startsWith("{\n  \"model.gguf\": {\n    \"chunkBytes\": 2,\n");
    }

    @Test
    void chunks_of_another_lock_are_refused() {
        Path sidecar = folder.resolve("a.chunks.json");
        ChunkTree other = new ChunkTree(4, 3, List.of(Sha256.of("abc")));
        ChunkSidecar.write(sidecar, new TreeMap<>(Map.of("model.gguf", other)));

        assertThatThrownBy(() -> ChunkSidecar.read(sidecar, ROOTS))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessage(sidecar + ": the chunks of 'model.gguf' have the root " + other.root()
                        + ", but the lock names " + TREE.root()
                        + "; restore the file from version control, or lock again");
    }

    @Test
    void file_without_chunks_is_named() {
        Path sidecar = folder.resolve("a.chunks.json");
        ChunkSidecar.write(sidecar, new TreeMap<>());

        assertThatThrownBy(() -> ChunkSidecar.read(sidecar, ROOTS))
                .hasMessage(sidecar + ": there are no chunks of 'model.gguf' here, but the lock names " + TREE.root()
                        + "; restore the file from version control, or lock again");
    }

    @Test
    void broken_sidecar_is_refused() throws IOException {
        Path sidecar = Files.writeString(folder.resolve("a.chunks.json"), "{");

        assertThatThrownBy(() -> ChunkSidecar.read(sidecar, ROOTS))
                .hasMessage(
                        sidecar + ":1:2: is not valid JSON: Unexpected end-of-input: expected close marker for Object");
    }
}
