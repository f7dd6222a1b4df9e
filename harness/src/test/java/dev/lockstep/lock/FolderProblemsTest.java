package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a model folder, each with a message that names the file. */
final class FolderProblemsTest {
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path temporary;

    private Path root;
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        root = temporary.toRealPath();
        folder = TinyModelFolder.shardedTo(root.resolve("model"));
    }

    @Test
    void shards_with_an_index_are_in_order() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void names_a_missing_shard_that_the_index_knows() throws IOException {
        Files.delete(folder.resolve(SECOND));

        assertThat(problems())
                .containsExactly(folder.resolve(SECOND) + ": is missing, though " + INDEX
                        + " says that it holds 'b.weight'; fetch the model again");
    }

    @Test
    void names_a_missing_shard_by_the_names_of_the_others() throws IOException {
        Files.delete(folder.resolve(SECOND));
        Files.delete(folder.resolve(INDEX));

        assertThat(problems())
                .containsExactly(folder.resolve(SECOND) + ": this shard of 2 is missing; fetch the model again");
    }

    @Test
    void names_an_index_that_is_cut_off() throws IOException {
        Files.writeString(folder.resolve(INDEX), "{\"weight_map\": {\"a.weight\": ");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(folder.resolve(INDEX) + ": cannot be read as an index of weights (Unexpected end-of-input")
                .endsWith("); fetch it again");
    }

    @Test
    void names_an_index_that_maps_nothing() throws IOException {
        Files.writeString(folder.resolve(INDEX), "{\"metadata\": {}}");

        assertThat(problems())
                .containsExactly(folder.resolve(INDEX) + ": maps no tensor to a file ('weight_map'); fetch it again");
    }

    @Test
    void names_weights_that_are_cut_off() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(SECOND));
        Files.write(folder.resolve(SECOND), Arrays.copyOf(whole, whole.length - 1));

        assertThat(problems())
                .containsExactly(
                        folder.resolve(SECOND) + ": has 2047 bytes of data, but tensor 'c.weight' ends at 2048;"
                                + " the file is cut off: fetch it again");
    }

    @Test
    void names_all_that_is_wrong_at_once() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": 128,}");
        Files.writeString(folder.resolve("generation_config.json"), "");
        Files.writeString(folder.resolve("params.json"), "{");
        Files.delete(folder.resolve(SECOND));

        assertThat(problems())
                .containsExactly(
                        folder.resolve("config.json")
                                + ": is not valid JSON: line 1, column 21: Unexpected character ('}' (code 125)):"
                                + " was expecting double-quote to start field name; restore it, or fetch it again",
                        folder.resolve("generation_config.json")
                                + ": is not valid JSON: it is empty; restore it, or fetch it again",
                        folder.resolve("params.json")
                                + ": is not valid JSON: line 1, column 2: Unexpected end-of-input: expected close marker"
                                + " for Object; restore it, or fetch it again",
                        folder.resolve(SECOND) + ": is missing, though " + INDEX
                                + " says that it holds 'b.weight'; fetch the model again");
    }

    @Test
    void refuses_a_link_that_leads_out() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("elsewhere.jinja"), "{{ x }}");
        Files.createSymbolicLink(folder.resolve("tool_use.jinja"), elsewhere);

        assertThat(problems())
                .containsExactly(folder.resolve("tool_use.jinja") + ": is a link to " + elsewhere + ", outside of "
                        + folder + "; put the file itself there");
    }

    @Test
    void refuses_a_link_to_a_folder() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("templates"));
        Files.createSymbolicLink(folder.resolve("additional_chat_templates"), inside);

        assertThat(problems())
                .containsExactly(folder.resolve("additional_chat_templates") + ": is a link to " + inside
                        + ", which is no file; put the files themselves there");
    }

    @Test
    void refuses_a_link_to_itself() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop.json"), folder.resolve("loop.json"));

        assertThat(problems())
                .containsExactly(
                        folder.resolve("loop.json") + ": is a link to a file that is not there; fetch it again");
    }

    @Test
    void refuses_a_configuration_of_many_megabytes() throws IOException {
        Files.writeString(folder.resolve("config.json"), " ".repeat(5 << 20) + "{}");

        assertThat(problems())
                .containsExactly(folder.resolve("config.json")
                        + ": is larger than 4 MiB, which no configuration is; fetch it again");
    }

    @Test
    void refuses_json_that_nests_without_end() throws IOException {
        Files.writeString(folder.resolve("config.json"), "[".repeat(100_000));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("config.json: is not valid JSON: ", "nesting depth (201) exceeds the maximum allowed (200");
    }

    @Test
    void refuses_a_folder_without_weights() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));

        assertThat(new ModelSource.Folder(empty).read("model").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.problem().toString())
                        .isEqualTo(empty + ": holds no weights (such as *.safetensors); name the folder of a model"));
    }

    @Test
    void says_that_a_folder_is_not_there() {
        ModelSource nowhere = new ModelSource.Folder(root.resolve("nowhere"));

        assertThatThrownBy(() -> nowhere.read("model"))
                .hasMessage(root.resolve("nowhere") + ": cannot be listed (java.nio.file.NoSuchFileException: "
                        + root.resolve("nowhere") + "); check path and permissions");
    }

    private List<String> problems() {
        return new ModelSource.Folder(folder)
                .read("model").problems().stream()
                        .map(problem -> problem.problem().toString())
                        .toList();
    }
}
