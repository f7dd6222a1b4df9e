package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model in the layout of huggingface_hub's cache. */
final class HubSnapshotTest {
    private static final String COMMIT = HubCacheFixture.commit('a');
    private static final String OTHER = HubCacheFixture.commit('b');

    @TempDir
    Path temporary;

    private Path folder;
    private HubCacheFixture cache;

    @BeforeEach
    void fill() throws IOException {
        Path root = temporary.toRealPath();
        folder = TinyModelFolder.copyTo(root.resolve("model"));
        cache = new HubCacheFixture(root.resolve("hub")).with(COMMIT, folder).ref("main", COMMIT);
    }

    @Test
    void a_branch_is_the_folder_of_its_commit() {
        SourceFacts facts = read("main");

        assertThat(facts.proof())
                .isEqualTo(new ModelSource.Folder(folder).read("model").proof());
        assertThat(facts.notes().get("model.commit")).hasToString("\"" + COMMIT + "\"");
        assertThat(facts.problems()).isEmpty();
    }

    @Test
    void a_commit_and_the_path_of_its_snapshot_are_the_same() {
        assertThat(read(COMMIT)).isEqualTo(read("main"));
        assertThat(ModelSource.at(cache.snapshot(COMMIT)).read("model")).isEqualTo(read("main"));
    }

    @Test
    void a_branch_with_a_slash_is_found() throws IOException {
        cache.ref("refs/pr/1", COMMIT);

        assertThat(read("refs/pr/1")).isEqualTo(read("main"));
    }

    @Test
    void a_shared_blob_is_not_taken_for_one_that_is_named_after_its_sha_256() throws IOException {
        SourceFacts before = read("main");

        cache.share(COMMIT, "model.safetensors");

        assertThat(read("main")).isEqualTo(before);
    }

    @Test
    void names_each_file_that_a_partial_snapshot_lacks() throws IOException {
        Files.delete(cache.snapshot(COMMIT).resolve("tokenizer.json"));
        Files.delete(cache.snapshot(COMMIT).resolve("generation_config.json"));
        Files.delete(cache.snapshot(COMMIT).resolve("README.md"));

        assertThat(problems("main"))
                .containsExactly(
                        at("generation_config.json")
                                + "the commit has it, the snapshot does not; fetch all of the commit:"
                                + " hf download tiny/vl --revision " + COMMIT,
                        at("tokenizer.json") + "the commit has it, the snapshot does not; fetch all of the commit:"
                                + " hf download tiny/vl --revision " + COMMIT);
    }

    @Test
    void names_missing_shards_without_a_list_of_files() throws IOException {
        Path sharded = TinyModelFolder.shardedTo(temporary.toRealPath().resolve("sharded"));
        cache.with(OTHER, sharded).ref("main", OTHER);
        Files.delete(cache.home().resolve("trees").resolve(OTHER + ".json"));
        Files.delete(cache.snapshot(OTHER).resolve("model-00002-of-00002.safetensors"));

        assertThat(problems("main"))
                .containsExactly(cache.snapshot(OTHER).resolve("model-00002-of-00002.safetensors")
                        + ": is missing, though model.safetensors.index.json says that it holds 'b.weight';"
                        + " fetch the model again");
    }

    @Test
    void says_of_a_link_without_a_blob_that_the_file_is_not_there() throws IOException {
        Files.delete(cache.snapshot(COMMIT).resolve("vocab.json").toRealPath());

        assertThat(problems("main"))
                .containsExactly(at("vocab.json") + "is a link to a file that is not there; fetch it again");
    }

    @Test
    void holds_the_name_of_a_blob_against_its_bytes() throws IOException {
        Path weights = cache.snapshot(COMMIT).resolve("model.safetensors");
        String before = FileEntry.of(weights).sha256().substring(0, 12);
        Files.delete(cache.home().resolve("trees").resolve(COMMIT + ".json"));

        FlippedByte.at(weights, 5_000_000);

        String after = FileEntry.of(weights).sha256().substring(0, 12);
        assertThat(problems("main"))
                .containsExactly(at("model.safetensors") + "holds 10045832 bytes of SHA-256 " + after
                        + "…, but the cache has it down as 10045832 bytes of SHA-256 " + before
                        + "…; the cache is damaged: delete the file and fetch it again");
    }

    @Test
    void holds_the_list_of_files_against_the_bytes() throws IOException {
        Path template = cache.snapshot(COMMIT).resolve("chat_template.jinja");
        FlippedByte.at(template, 100);

        assertThat(problems("main"))
                .singleElement()
                .asString()
                .startsWith(at("chat_template.jinja") + "holds 4276 bytes of");
    }

    @Test
    void refuses_a_file_that_clients_believe_to_be_absent() throws IOException {
        cache.deny(COMMIT, "chat_template.jinja");
        cache.deny(COMMIT, "added_tokens.json");

        assertThat(problems("main"))
                .containsExactly(at("chat_template.jinja") + "the commit has it, but "
                        + cache.home().resolve(".no_exist").resolve(COMMIT).resolve("chat_template.jinja")
                        + " says that it has not, and clients go by that; delete this note");
    }

    @Test
    void says_which_revisions_there_are() throws IOException {
        cache.ref("v1", COMMIT);

        assertThatThrownBy(() -> read("v2"))
                .hasMessage(cache.home().resolve("refs/v2")
                        + ": the cache has no revision 'v2' of tiny/vl (it has main, v1);"
                        + " fetch it: hf download tiny/vl --revision v2");
    }

    @Test
    void says_that_a_commit_was_never_fetched() {
        assertThatThrownBy(() -> read(OTHER))
                .hasMessage(cache.snapshot(OTHER) + ": the cache has no files of this commit of tiny/vl;"
                        + " fetch it: hf download tiny/vl --revision " + OTHER);
    }

    @Test
    void says_that_the_cache_lies_one_folder_deeper() {
        Path parent = cache.cache().resolveSibling("");
        ModelSource wrong = new ModelSource.Hub(parent, HubCacheFixture.REPO, "main", FileSelection.EVERYTHING);

        assertThatThrownBy(() -> wrong.read("model"))
                .hasMessage(
                        parent.resolve("models--tiny--vl") + ": the cache has no tiny/vl, but " + parent.resolve("hub")
                                + " has: name that as cache_dir; fetch it: hf download tiny/vl --revision main");
    }

    @Test
    void refuses_a_ref_that_holds_no_commit() throws IOException {
        cache.ref("main", "abc");

        assertThatThrownBy(() -> read("main"))
                .hasMessage(cache.home().resolve("refs/main")
                        + ": holds 'abc', expected a commit (40 hex digits); fetch the revision again");
    }

    @Test
    void takes_the_tokenizer_from_another_commit() throws IOException {
        Path newer = TinyModelFolder.copyTo(temporary.toRealPath().resolve("newer"));
        FlippedByte.in(newer.resolve("chat_template.jinja"), "assistan", 'x');
        FlippedByte.in(newer.resolve("config.json"), "\"rope_theta\": 1", '2');
        cache.with(OTHER, newer);

        SourceFacts model = hub("main", FileSelection.NO_TOKENIZER).read("model");
        SourceFacts tokenizer = hub(OTHER, FileSelection.TOKENIZER).read("tokenizer");

        assertThat(model.proof()).doesNotContainKeys(Layer.TOKENIZER, Layer.TEMPLATE);
        assertThat(model.notes()).containsKey("model.file.tokenizer.json");
        assertThat(tokenizer.proof()).containsOnlyKeys(Layer.PROVENANCE, Layer.TOKENIZER, Layer.TEMPLATE);
        assertThat(tokenizer.problems()).isEmpty();
    }

    private SourceFacts read(String revision) {
        return hub(revision, FileSelection.EVERYTHING).read("model");
    }

    private ModelSource hub(String revision, FileSelection selection) {
        return new ModelSource.Hub(cache.cache(), HubCacheFixture.REPO, revision, selection);
    }

    private List<String> problems(String revision) {
        return read(revision).problems().stream()
                .map(problem -> problem.problem().toString())
                .toList();
    }

    private String at(String path) {
        return cache.snapshot(COMMIT).resolve(path) + ": ";
    }
}
