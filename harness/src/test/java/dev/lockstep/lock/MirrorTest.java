package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.lock.Mirror.Difference;
import dev.lockstep.lock.Mirror.Kind;
import dev.lockstep.lock.Mirror.Part;
import dev.lockstep.lock.Mirror.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path list;

    @BeforeEach
    void copy() throws IOException {
        Path root = temporary.toRealPath();
        folder = TinyModelFolder.copyTo(root.resolve("model"));
        list = Files.writeString(root.resolve("tree.json"), HubRows.of(folder));
    }

    @Test
    void a_folder_is_in_sync_with_the_hubs_list_of_it() {
        assertThat(compare()).isEqualTo(new Mirror(State.IN_SYNC, "", List.of()));
    }

    @Test
    void a_folder_is_in_sync_with_the_list_that_the_client_keeps() throws IOException {
        HubCacheFixture cache =
                new HubCacheFixture(temporary.toRealPath().resolve("hub")).with(HubCacheFixture.commit('a'), folder);

        assertThat(Mirror.between(
                                FileTree.read(
                                        cache.home().resolve("trees").resolve(HubCacheFixture.commit('a') + ".json")),
                                FileTree.read(cache.snapshot(HubCacheFixture.commit('a'))))
                        .state())
                .isEqualTo(State.IN_SYNC);
    }

    @Test
    void other_configuration_beside_the_same_weights_is_the_classic_accident() throws IOException {
        FlippedByte.in(folder.resolve("chat_template.jinja"), "assistan", 'x');
        Files.delete(folder.resolve("generation_config.json"));
        Files.writeString(folder.resolve("added_tokens.json"), "{}");

        assertThat(compare().state()).isEqualTo(State.WEIGHTS_ONLY);
        assertThat(compare().differences())
                .containsExactly(
                        new Difference("added_tokens.json", Part.CONFIGURATION, Kind.ONLY_IN_SECOND),
                        new Difference("chat_template.jinja", Part.CONFIGURATION, Kind.DIFFERS),
                        new Difference("generation_config.json", Part.CONFIGURATION, Kind.ONLY_IN_FIRST));
    }

    @Test
    void other_weights_beside_the_same_configuration() throws IOException {
        FlippedByte.at(folder.resolve("model.safetensors"), 1000);

        assertThat(compare().state()).isEqualTo(State.CONFIG_ONLY);
        assertThat(compare().differences())
                .containsExactly(new Difference("model.safetensors", Part.WEIGHTS, Kind.DIFFERS));
    }

    @Test
    void neither_is_the_same() throws IOException {
        FlippedByte.at(folder.resolve("model.safetensors"), 1000);
        FlippedByte.at(folder.resolve("config.json"), 1000);

        assertThat(compare().state()).isEqualTo(State.OUT_OF_SYNC);
    }

    @Test
    void documents_are_told_and_do_not_count() throws IOException {
        Files.writeString(folder.resolve("README.md"), "Recommended: temperature 0.1\n");

        assertThat(compare().state()).isEqualTo(State.IN_SYNC);
        assertThat(compare().differences()).containsExactly(new Difference("README.md", Part.NOTE, Kind.DIFFERS));
    }

    @Test
    void says_when_two_hubs_store_a_file_in_ways_that_do_not_compare() {
        TreeFile inLfs = new TreeFile(5, Optional.of("0".repeat(64)), Optional.empty());
        TreeFile inGit = new TreeFile(5, Optional.empty(), Optional.of("1".repeat(40)));

        assertThat(inLfs.compare(inGit)).isEqualTo(TreeFile.Likeness.INCOMPARABLE);
        assertThat(inGit.compare(inLfs)).isEqualTo(TreeFile.Likeness.INCOMPARABLE);
        assertThat(Mirror.between(tree(inLfs), tree(inGit)).differences())
                .containsExactly(new Difference("tokenizer.json", Part.CONFIGURATION, Kind.INCOMPARABLE));
    }

    @Test
    void a_pointer_ties_a_digest_to_git() {
        String sha256 = "0".repeat(64);
        TreeFile content = new TreeFile(5, Optional.of(sha256), Optional.empty());
        TreeFile pointer = new TreeFile(5, Optional.empty(), Optional.of(GitOid.ofPointer(sha256, 5)));

        assertThat(content.compare(pointer)).isEqualTo(TreeFile.Likeness.SAME);
        assertThat(pointer.compare(content)).isEqualTo(TreeFile.Likeness.SAME);
    }

    @Test
    void refuses_what_lists_no_files() throws IOException {
        assertRefused(
                "{}",
                "is no list of a repository's files;"
                        + " save the answer of /api/models/{repo}/tree/{revision}?recursive=true");
        assertRefused("[", "is not valid JSON; save the hub's answer as it is");
        assertRefused("[]", "lists no file of a model; name another tree");
        assertRefused("[{\"path\":\"a\"}]", "has an entry without 'size'; save the hub's answer as it is");
        assertRefused(
                "[{\"type\":\"directory\",\"path\":\"onnx\",\"oid\":\"1\",\"size\":0}]",
                "lists the folder 'onnx' without its files; ask the hub with ?recursive=true");
    }

    private void assertRefused(String text, String message) throws IOException {
        Files.writeString(list, text);

        assertThatThrownBy(() -> FileTree.read(list)).hasMessage(list + ": " + message);
    }

    private Mirror compare() {
        return Mirror.between(FileTree.read(list), FileTree.read(folder));
    }

    private static FileTree tree(TreeFile file) {
        return new FileTree("a hub", new TreeMap<>(Map.of("tokenizer.json", file)));
    }
}
