package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two embedded stacks that differ in several layers: each step is a real run of a stack that is made of both. */
@Tag("real")
final class LockBisectRealStackTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void make() throws IOException {
        home = TestHome.in(folder);
    }

    @AfterAll
    static void release() throws IOException {
        TestHome.release(home);
    }

    /** The name that the model gives itself and the length of the context change no bit here; the template does. */
    @Test
    void names_the_template_among_three_layers_of_which_two_change_nothing() throws IOException, InterruptedException {
        Path first = stack("first-a", original(), List.of());
        Path second = stack("second-a", otherTemplateAndName(), List.of("n_ctx: 4096", "n_ctx: 2048"));

        JsonNode found = bisect(first, second, 1);

        assertThat(found.path("result").asText()).as(found.toPrettyString()).isEqualTo("FOUND");
        assertThat(texts(found.path("differing"))).containsExactly("template", "modelConfig", "launch");
        assertThat(found.path("culprits")).hasSize(1);
        JsonNode culprit = found.path("culprits").path(0);
        assertThat(texts(culprit.path("layers"))).containsExactly("template");
        assertThat(culprit.path("isProved").asBoolean()).isTrue();
        assertThat(culprit.path("isAll").asBoolean()).isTrue();
        assertThat(found.path("judging").asText())
                .isEqualTo("by equality: 2 starts of the first stack answered alike, bit by bit");
        assertThat(found.path("steps").size()).isBetween(5, 9);
    }

    @Test
    void finds_no_difference_where_none_shows() throws IOException, InterruptedException {
        Path first = stack("first-b", original(), List.of());
        Path second = stack("second-b", original(), List.of("n_ctx: 4096", "n_ctx: 2048"));

        JsonNode found = bisect(first, second, 0);

        assertThat(found.path("result").asText()).isEqualTo("SAME");
        assertThat(texts(found.path("differing"))).containsExactly("launch");
    }

    /** This engine answers texts bit for bit as the other, but makes another prompt of a video. */
    @Test
    void names_the_engine_by_a_probe_where_no_answer_shows_it() throws IOException, InterruptedException {
        Path first = stack("first-d", original(), List.of());
        Path second = stack("second-d", original(), List.of("  version: 2026.10.11549", "  version: 2026.9.11063"));

        JsonNode found = bisect(first, second, 1);

        assertThat(texts(found.path("culprits").path(0).path("layers"))).containsExactly("engine");
        assertThat(found.path("steps").path(2).path("firstDifference").asText())
                .isEqualTo("probe video: another rendered text");
    }

    @Test
    void names_weights_and_launch_where_each_changes_behaviour() throws IOException, InterruptedException {
        Path first = stack("first-c", original(), List.of());
        Path second = stack("second-c", weights(), List.of("n_ctx: 4096", "n_ctx: 4096\n    cache_type_k: 8"));

        JsonNode found = bisect(first, second, 1);

        assertThat(found.path("result").asText()).as(found.toPrettyString()).isEqualTo("FOUND");
        assertThat(found.path("culprits")).hasSize(2);
        assertThat(texts(found.path("culprits").path(0).path("layers"))).containsExactly("weights");
        assertThat(texts(found.path("culprits").path(1).path("layers"))).containsExactly("launch");
    }

    private static JsonNode bisect(Path first, Path second, int exitCode) throws IOException, InterruptedException {
        Wrapper.Result result = Wrapper.ofCheckout().run("lock", "bisect", first, second, "--home", home, "--json");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        return JSON.readTree(result.output());
    }

    /** Writes a stack of its own name and model file, with words of the shipped one in place of others. */
    private static Path stack(String name, byte[] model, List<String> changes) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name).resolve("model"));
        Files.write(place.resolve("tinyvl-F16.gguf"), model);
        Files.copy(shipped().resolve("model/mmproj-tinyvl-F16.gguf"), place.resolve("mmproj-tinyvl-F16.gguf"));
        String yaml = Files.readString(shipped().resolve("stack.yaml")).replace("name: tiny-qwen3-vl", "name: " + name);
        for (int i = 0; i < changes.size(); i += 2) {
            assertThat(yaml).contains(changes.get(i));
            yaml = yaml.replace(changes.get(i), changes.get(i + 1));
        }
        Files.writeString(place.resolveSibling("stack.yaml"), yaml);
        return place.resolveSibling("");
    }

    private static byte[] original() throws IOException {
        return Files.readAllBytes(shipped().resolve("model/tinyvl-F16.gguf"));
    }

    private static byte[] otherTemplateAndName() throws IOException {
        String bytes = new String(original(), ISO_8859_1);
        assertThat(bytes).contains("<|im_start|>assistant\\n").contains("Tiny Qwen3-VL Instruct");
        return bytes.replace("<|im_start|>assistant\\n", "<|im_start|>assistant\\t")
                .replace("Tiny Qwen3-VL Instruct", "Tiny Qwen3-VL INSTRUCT")
                .getBytes(ISO_8859_1);
    }

    private static byte[] weights() throws IOException {
        byte[] bytes = original();
        for (int at = bytes.length - 60_000; at < bytes.length - 40_000; at += 2) {
            bytes[at] ^= 0x40;
        }
        return bytes;
    }

    private static Path shipped() {
        return TestedStack.shipped("tiny-qwen3-vl");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
