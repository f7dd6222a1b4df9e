package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped schemas say what the readers say. */
final class SchemasTest {
    private static final Path BASELINES = Path.of("../baselines");
    private static final Path SAVED = Path.of("src/test/resources/saved").toAbsolutePath();
    private static final Path BAD = Path.of("src/test/resources/bad");
    private static final JsonNode LOCK = json(Lock.class, "stack.lock.schema.json");
    private static final JsonNode STACK = json(StackConfig.class, "stack.schema.json");
    private static final Pattern KNOWN = Pattern.compile("'colour'; known fields: (.*)");
    private static final Pattern ENGINES = Pattern.compile("'colour'; expected one of (.*)");
    private static final String KEY = "MCowBQYDK2VwAyEA" + "a".repeat(43) + "=";
    private static final String EVIDENCE =
            "evidence: {from: [a.json, \"https://host/b.json\"], max_age: 36h, keys: [\"" + KEY
                    + "\"], digests: [{sha256sums: SHA256SUMS, source: us}, {manifest: m.json, reference: \"r/n@sha256:"
                    + "0".repeat(64) + "\", source: us}, {object: o.json, path: a.gguf, source: us, role: projector}]}";
    private static final String HEAD = """
            schema: stack/1
            name: tiny
            engine: llama.cpp
            model: tiny
            """;

    @TempDir
    Path folder;

    @Test
    void lock_of_real_model_files_fits() throws IOException {
        Path model = BASELINES.resolve("tiny-qwen3-vl/model").toAbsolutePath().normalize();
        assertThat(errors(lock("""
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: %s/tinyvl-F16.gguf, projector: %s/mmproj-tinyvl-F16.gguf}
                """.formatted(model, model)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-inspect.json", "pod.json", "llama.service"})
    void lock_of_a_saved_launch_fits(String file) throws IOException {
        assertThat(errors(lock("""
                visibility: opaque
                endpoint: {url: "http://127.0.0.1:1"}
                launch: {from: %s}
                hardware: {lscpu: %s}
                """.formatted(SAVED.resolve(file), SAVED.resolve("lscpu.txt")))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"layer-absent", "layer-is-a-list", "layer-unknown", "field-unknown", "no-version", "version-2"})
    void bad_lock_does_not_fit(String name) {
        assertThat(errors(LOCK, document(BAD.resolve("lock").resolve(name + ".json"))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("shippedStacks")
    void shipped_stack_fits(Path stack) {
        assertThat(errors(STACK, document(stack))).isEmpty();
    }

    private static List<Path> shippedStacks() throws IOException {
        try (Stream<Path> files = Files.walk(BASELINES, 2)) {
            return files.filter(file -> file.endsWith("stack.yaml")).sorted().toList();
        }
    }

    @Test
    void stack_with_everything_fits() throws IOException {
        String common = HEAD + """
                visibility: opaque
                endpoint: {url: "https://gateway.example/team", token_env: TOKEN, headers: {X-Team: blue}, ca_file: ca.pem, proxy: "proxy:3128", concurrency: 8, timeout_s: 5, retries: 0}
                request: {cache_prompt: false}
                files: {weights: a.gguf, projector: b.gguf, adapters: [c.gguf]}
                declared: {weights: "qwen3-vl@abc", engine: {version: "0.33"}}
                floor: [weights, template]
                derivation: [{op: linear-merge, base: {lock: a.json, weights: a, projector: b}, with: b.json, parameters: {share: 0.5}, tool: mergekit 0.1, changes: ["*"]}, {op: lora-merge, adapter: c, tool: peft 0.17.1}]
                hardware: {lscpu: %s, nvidia_smi: %s}
                """.formatted(SAVED.resolve("lscpu.txt"), SAVED.resolve("nvidia-smi.xml"));
        for (String more : List.of(
                "policies: kubernetes",
                "policies: {defaults: bare-metal, hardware: pin, launch.env.*: ignore, engine.version: {oneOf: [\"1\", 2]}}",
                "launch: {from: %s, container: server}".formatted(SAVED.resolve("pod.json")),
                "launch: {command: [vllm, serve], env: {OMP_NUM_THREADS: 4}}",
                "launch: {command: vllm serve x}",
                EVIDENCE,
                "launch: {package: xllamacpp, version: \"1\", opaque: true, params: {model.path: x}}")) {
            Path file = Files.writeString(folder.resolve("stack.yaml"), common + more + "\n");

            StackConfigReader.read(file);
            assertThat(errors(STACK, document(file))).as(more).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policies: {lunch.argv: pin}",
                "policies: {hardware: {oneOf: [1]}}",
                "policies: {engine.version: {oneOf: []}}",
                "policies: k8s",
                "launch: {from: a, command: b}",
                "launch: {from: a, package: b}",
                "launch: {package: xllamacpp, version: \"1\"}",
                "hardware: {lspcu: x}",
                "floor: [templates]",
                "evidence: {from: a.json}",
                "evidence: {max_age: a day}",
                "evidence: {keys: [MIIB]}",
                "evidence: {digests: [{sha256sums: a}]}",
                "evidence: {digests: [{manifest: a, reference: name, source: us}]}",
                "declared: {wieghts: x}",
                "colour: blue"
            })
    void what_the_reader_refuses_does_not_fit(String line) throws IOException {
        Path file = Files.writeString(
                folder.resolve("stack.yaml"), HEAD + "endpoint: {url: \"http://127.0.0.1:1\"}\n" + line + "\n");

        assertThatThrownBy(() -> StackConfigReader.read(file)).isNotNull();
        assertThat(errors(STACK, document(file))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | replicas: [\"http://10.0.0.7:8000\", \"http://10.0.0.8:8000\"]",
                "true | url: \"http://gw\", replicas: [\"http://10.0.0.7:8000\"], router: false",
                "true | url: \"http://gw\", router: true",
                "false| url: \"http://gw\", replicas: [\"http://10.0.0.7:8000\"], router: true",
                "false| replicas: []",
                "false| replicas: [\"10.0.0.7:8000\"]",
                "false| replicas: {port: 1}",
                "false| concurrency: 1",
            })
    void replicas_fit_where_the_reader_takes_them(boolean fits, String endpoint) throws IOException {
        Path file = Files.writeString(folder.resolve("stack.yaml"), HEAD + "endpoint: {" + endpoint + "}\n");

        assertThat(catchThrowable(() -> StackConfigReader.read(file)) == null).isEqualTo(fits);
        assertThat(errors(STACK, document(file)).isEmpty()).isEqualTo(fits);
    }

    /** The reader names the fields that it knows when it meets one that it does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/properties|colour: blue",
                "/$defs/endpoint/properties|endpoint: {colour: blue}",
                "/properties/files/properties|files: {colour: blue}",
                "/properties/hardware/properties|hardware: {colour: blue}",
                "/$defs/step/properties|derivation: [{colour: blue}]",
                "/properties/evidence/properties|evidence: {colour: blue}",
                "/$defs/written/properties|launch: {command: x, colour: blue}",
            })
    void fields_are_those_that_the_reader_knows(String place, String line) throws IOException {
        TreeSet<String> fields = new TreeSet<>();
        STACK.at(place).fieldNames().forEachRemaining(fields::add);
        if (place.contains("written")) {
            fields.addAll(List.of("from", "package"));
        }

        assertThat(words(KNOWN, refusal(line))).containsExactlyElementsOf(fields);
    }

    @Test
    void engines_are_those_that_the_reader_knows() throws IOException {
        List<String> engines = new ArrayList<>();
        STACK.at("/properties/engine/enum").forEach(engine -> engines.add(engine.asText()));

        assertThat(words(ENGINES, refusal("visibility: visible"))).containsExactlyElementsOf(engines);
    }

    private String refusal(String line) throws IOException {
        Path file = Files.writeString(
                folder.resolve("stack.yaml"), "schema: stack/1\nname: x\nengine: colour\nmodel: x\n" + line + "\n");
        Throwable refused = catchThrowable(() -> StackConfigReader.read(file));
        return String.valueOf(refused.getMessage());
    }

    private static List<String> words(Pattern list, String message) {
        Matcher found = list.matcher(message);
        assertThat(found.find()).as(message).isTrue();
        return List.of(found.group(1).split(", "));
    }

    private JsonNode lock(String stack) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), HEAD + stack);
        Lock lock = new LockMaker(folder, "").lock(StackConfigReader.read(folder), Optional.empty());
        return new ObjectMapper().readTree(LockFile.text(lock));
    }

    private static JsonNode document(Path file) {
        Problems problems = new Problems();
        JsonNode document =
                DocumentReader.read(file, problems).map(DocumentNode::toJson).orElseThrow();
        assertThat(problems.list()).isEmpty();
        return document;
    }

    private static List<String> errors(JsonNode lock) {
        return errors(LOCK, lock);
    }

    private static List<String> errors(JsonNode schema, JsonNode value) {
        return SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode json(Class<?> neighbour, String resource) {
        try (InputStream bytes = Objects.requireNonNull(neighbour.getResourceAsStream(resource))) {
            return new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
