package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.Invocation;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TemplateTexts;
import dev.lockstep.lock.TensorDigest;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison of two files is no verdict: 1 means DRIFT, unless somebody asks for it. */
final class LockDiffCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void ends_well_whether_the_locks_differ_or_not() {
        Path one = lock("one");
        Path two = lock("two");

        assertThat(run("lock", "diff", one.toString(), two.toString())).isZero();
        assertThat(run("lock", "diff", one.toString(), one.toString())).isZero();
        assertThat(out).hasToString("""
                layer               before    after
                provenance          -         -
                weights             -         -
                quantization        -         -
                tokenizer           -         -
                template            -         -
                modelConfig         -         -
                processor           -         -
                generationDefaults  -         -
                adapters            -         -
                derivation          -         -
                engine              %s  %s  differs in 1 field
                launch              -         -
                hardware            -         -

                engine              pinned    version: one → two
                the locks are equal
                """.formatted(digest("one"), digest("two")));
    }

    @Test
    void tells_an_empty_value_from_one_that_is_missing() {
        Path empty = write("empty", Map.of("suffix", TextNode.valueOf("")));
        Path none = write("none", Map.of());

        assertThat(run("lock", "diff", empty.toString(), none.toString())).isZero();

        assertThat(out.toString()).endsWith("\n\nengine              pinned    suffix: (nothing) → (missing)\n");
    }

    @Test
    void shows_the_lines_of_a_template_that_was_kept_and_says_when_it_was_not() {
        Path before = template("before", "one\ntwo\n");
        Path after = template("after", "one\nthree\n");
        assertThat(run("lock", "diff", before.toString(), after.toString())).isZero();
        assertThat(out.toString())
                .endsWith(
                        "\ntemplate chat_template:\nthe lines are not shown: both texts must lie in captures/templates"
                                + " beside their locks, where `scripts/lockstep lock --stack DIR` keeps them\n");

        TemplateTexts.keep(new StackFolder(folder).templates(), "one\ntwo\n");
        TemplateTexts.keep(new StackFolder(folder).templates(), "one\nthree\n");
        assertThat(run("lock", "diff", before.toString(), after.toString())).isZero();
        assertThat(out.toString()).endsWith("""

                template chat_template:
                --- before/chat_template
                +++ after/chat_template
                @@ -1,2 +1,2 @@
                 one
                -two
                +three
                """);
    }

    @Test
    void tells_machines_layers_changes_and_templates() throws IOException {
        assertThat(run(
                        "lock",
                        "diff",
                        "--json",
                        lock("one").toString(),
                        lock("two").toString()))
                .isZero();

        JsonNode told = new ObjectMapper().readTree(out.toString());
        assertThat(told.path("layers")).hasSize(13);
        assertThat(told.path("changes"))
                .hasToString(
                        "[{\"after\":\"two\",\"before\":\"one\",\"field\":\"version\",\"layer\":\"engine\",\"state\":\"pinned\"}]");
        assertThat(told.path("templates")).isEmpty();
    }

    @Test
    void tells_by_its_exit_code_when_asked_to() {
        Path one = lock("one");
        Path two = lock("two");

        assertThat(run("lock", "diff", "--exit-code", one.toString(), two.toString()))
                .isEqualTo(1);
        assertThat(run("lock", "diff", "--exit-code", one.toString(), one.toString()))
                .isZero();
    }

    private static String digest(String version) {
        return Sha256.of("{\"declared\":{},\"pinned\":{\"version\":\"" + version + "\"}}")
                .substring(0, 8);
    }

    @Test
    void names_the_tensors_that_moved_where_their_digests_are_kept() {
        TensorDigests then = tensors("output", "norm");
        TensorDigests now = tensors("output", "head");
        Path before = weights("before", then);
        Path after = weights("after", now);
        assertThat(run("lock", "diff", before.toString(), after.toString())).isZero();
        assertThat(out.toString())
                .endsWith(
                        "\ntensors of model.tensors:\nare not named: the digests of both must lie in the folder tensors beside"
                                + " their locks, where `scripts/lockstep lock --stack DIR` keeps them\n");

        TensorStore.in(folder).keep(then);
        TensorStore.in(folder).keep(now);
        assertThat(run("lock", "diff", before.toString(), after.toString())).isZero();
        assertThat(out.toString()).endsWith("\ntensors of model.tensors:\nnew 'head'; gone 'norm'\n");
    }

    @Test
    void takes_the_folder_of_a_stack_for_its_lock() throws IOException {
        Path stack = Files.createDirectory(folder.resolve("stack"));
        Files.copy(lock("one"), stack.resolve("stack.lock.json"));

        assertThat(run("lock", "diff", stack.toString(), lock("two").toString()))
                .isZero();

        assertThat(out.toString()).endsWith("engine              pinned    version: one → two\n");
    }

    private static TensorDigests tensors(String... names) {
        SortedMap<String, TensorDigest> tensors = new TreeMap<>();
        for (String name : names) {
            tensors.put(name, new TensorDigest("F32", List.of(2L), Sha256.of(name)));
        }
        return new TensorDigests(tensors);
    }

    private Path weights(String name, TensorDigests tensors) {
        return write(Layer.WEIGHTS, name, Map.of("model.tensors", TextNode.valueOf("sha256:" + tensors.root())));
    }

    private Path template(String name, String text) {
        return write(Layer.TEMPLATE, name, Map.of("chat_template", TextNode.valueOf("sha256:" + Sha256.of(text))));
    }

    private Path lock(String version) {
        return write(version, Map.of("version", TextNode.valueOf(version)));
    }

    private Path write(String name, Map<String, JsonNode> pinned) {
        return write(Layer.ENGINE, name, pinned);
    }

    private Path write(Layer pinnedLayer, String name, Map<String, JsonNode> pinned) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        layers.put(pinnedLayer, LayerState.of(pinned, Map.of(), Map.of(), Set.of()));
        Path file = folder.resolve(name + ".json");
        LockFile.write(file, new Lock("tiny", layers));
        return file;
    }

    private int run(String... arguments) {
        return Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
