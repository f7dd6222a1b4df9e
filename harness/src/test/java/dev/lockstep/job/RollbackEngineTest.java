package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.job.RollbackReport.State;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.PythonPackage;
import dev.lockstep.lock.PythonPackages;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.testing.WheelBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines and packages that are installed, kept as wheels, or neither. */
final class RollbackEngineTest {
    private static final String MANAGED = """
            launch: {package: fast_engine, version: "1.2", params: {model.path: model.gguf}}
            endpoint: {url: managed}
            """;

    @TempDir
    Path folder;

    private Path environment;
    private Path site;
    private Path kept;
    private Path requirements;
    private Lock lock;

    @BeforeEach
    void lockAnEngine() throws IOException {
        environment = folder.resolve("home/engines/fast_engine-1.2");
        site = environment.resolve("lib/python3.12/site-packages");
        kept = folder.resolve("home/wheels/fast_engine-1.2");
        requirements = folder.resolve("scripts/embedded/requirements/fast_engine-1.2.txt");
        Files.createDirectories(requirements.resolveSibling(""));
        Path elsewhere = folder.resolve("elsewhere");
        engine().installInto(elsewhere);
        lock = lock(PythonPackage.identity(elsewhere, "fast-engine"));
    }

    @Test
    void engine_that_is_installed_is_ready() throws IOException {
        engine().installInto(site);

        assertThat(look())
                .isEqualTo(ready(
                        "fast-engine 1.2 is installed in " + environment + ", byte by byte; no wheel of it is kept"));
    }

    @Test
    void says_where_the_wheel_of_an_installed_engine_is_kept() throws IOException {
        engine().installInto(site);
        Path wheel = engine().writeTo(kept);

        assertThat(look())
                .isEqualTo(ready("fast-engine 1.2 is installed in " + environment
                        + ", byte by byte; its wheel is kept: " + wheel));
    }

    @Test
    void engine_is_ready_when_the_launcher_keeps_a_wheel_that_it_may_install() throws IOException {
        Path wheel = engine().writeTo(kept);
        pin(Sha256.of(wheel));

        assertThat(look())
                .isEqualTo(ready(wheel + " (sha256:" + Sha256.of(wheel)
                        + ") holds fast-engine 1.2, byte by byte; a start installs it"));
    }

    @Test
    void wheel_that_the_launcher_would_refuse_is_to_be_installed_by_hand() throws IOException {
        Path wheel = engine().writeTo(kept);
        pin("f".repeat(64));

        assertThat(look())
                .isEqualTo(new Item(
                        "engine",
                        State.DEGRADED,
                        "fast-engine 1.2 is not installed in " + environment + "; " + wheel + " (sha256:"
                                + Sha256.of(wheel) + ") holds fast-engine 1.2, byte by byte",
                        "install that wheel into " + environment));
    }

    @Test
    void finds_a_wheel_in_a_folder_that_is_named() throws IOException {
        Path mine = folder.resolve("mine");
        Path wheel = engine().writeTo(mine.resolve("2026"));

        assertThat(look(MANAGED, mine).reason())
                .isEqualTo("fast-engine 1.2 is not installed in " + environment + "; " + wheel + " (sha256:"
                        + Sha256.of(wheel) + ") holds fast-engine 1.2, byte by byte");
    }

    @Test
    void wheel_of_another_build_is_named_and_does_not_count() throws IOException {
        Path wheel = engine().with("fast_engine/core.so", "built again").writeTo(kept);
        pin(Sha256.of(wheel));

        assertThat(look())
                .isEqualTo(new Item(
                        "engine",
                        State.DEGRADED,
                        "fast-engine 1.2 is not installed in " + environment + "; no wheel of it is kept; " + wheel
                                + " is another build (native.fast_engine/core.so), but a package index may have one of"
                                + " the 1 that " + requirements + " pins by hash",
                        "install it: `lockstep stack up`"));
    }

    @Test
    void another_engine_in_its_place_must_go_first() throws IOException {
        engine().with("fast_engine/core.so", "built again").installInto(site);
        Path wheel = engine().writeTo(kept);
        pin(Sha256.of(wheel));

        assertThat(look())
                .isEqualTo(new Item(
                        "engine",
                        State.DEGRADED,
                        "what is installed in " + environment
                                + " is not the locked fast-engine 1.2 (native.fast_engine/core.so); " + wheel
                                + " (sha256:" + Sha256.of(wheel) + ") holds fast-engine 1.2, byte by byte",
                        "delete " + environment + "; the next start installs that wheel"));
    }

    @Test
    void native_module_that_is_gone_is_a_difference() throws IOException {
        engine().installInto(site);
        Files.delete(site.resolve("fast_engine.libs/libgomp.so"));
        Path listed = site.resolve("fast_engine-1.2.dist-info/RECORD");
        Files.writeString(listed, Files.readString(listed).replace("fast_engine.libs/libgomp.so,sha256=x,1\n", ""));

        assertThat(look().reason())
                .startsWith("what is installed in " + environment
                        + " is not the locked fast-engine 1.2 (native.fast_engine.libs/libgomp.so)");
    }

    @Test
    void engine_is_impossible_when_nobody_kept_it_and_nobody_pinned_it() {
        assertThat(look())
                .isEqualTo(new Item(
                        "engine",
                        State.IMPOSSIBLE,
                        "fast-engine 1.2 is not installed in " + environment + "; no wheel of it is kept",
                        "fetch it (pip download --no-deps --only-binary :all: fast-engine==1.2 -d DIR), and look again"
                                + " with --packages DIR"));
    }

    @Test
    void each_package_beside_the_engine_has_a_line() throws IOException {
        Path venv = folder.resolve("venv");
        tokenizers("pass").installInto(venv);
        torch().installInto(venv);
        lock = lock(PythonPackages.identities(venv, List.of("tokenizers", "torch")));
        tokenizers("changed").installInto(venv);
        String yaml = """
                endpoint: {url: "http://127.0.0.1:1"}
                files: {packages: {folder: venv, names: [tokenizers, torch]}}
                """;

        assertThat(all(yaml))
                .containsExactly(
                        new Item(
                                "engine",
                                State.IMPOSSIBLE,
                                "what is installed in " + venv
                                        + " is not the locked tokenizers 0.22 (contents); no wheel" + " of it is kept",
                                "fetch it (pip download --no-deps --only-binary :all: tokenizers==0.22 -d DIR), and look"
                                        + " again with --packages DIR"),
                        ready("torch 2.9 is installed in " + venv + ", byte by byte; no wheel of it is kept"));
        Path wheel = tokenizers("pass").writeTo(folder.resolve("mine"));
        assertThat(look(yaml, folder.resolve("mine")).remedy()).isEqualTo("install that wheel");
        assertThat(look(yaml, folder.resolve("mine")).reason()).contains(wheel.toString());
    }

    @Test
    void package_of_another_machine_is_ready_when_its_wheel_is_kept_here() throws IOException {
        Path venv = folder.resolve("venv");
        torch().installInto(venv);
        lock = lock(PythonPackages.identities(venv, List.of("torch")));
        String yaml = """
                endpoint: {url: "http://127.0.0.1:1"}
                files: {packages: {folder: /nowhere/site-packages, names: [torch]}}
                """;

        assertThat(look(yaml))
                .isEqualTo(new Item(
                        "engine",
                        State.DEGRADED,
                        "torch 2.9 in /nowhere/site-packages cannot be read here; no wheel of it is kept",
                        "keep its wheel, and name the folder: --packages DIR"));
        Path wheel = torch().writeTo(folder.resolve("mine"));
        assertThat(look(yaml, folder.resolve("mine")))
                .isEqualTo(ready(wheel + " (sha256:" + Sha256.of(wheel) + ") holds torch 2.9, byte by byte"));
    }

    @Test
    void program_is_ready_when_it_and_its_libraries_are_kept() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("llama"));
        Path program = Files.writeString(mine.resolve("llama-server"), "program");
        Files.writeString(mine.resolve("libggml.so"), "library");
        lock = lock(new TreeMap<>(Map.of(
                "executable", TextNode.valueOf("sha256:" + Sha256.of("program")),
                "library.libggml.so", TextNode.valueOf("sha256:" + Sha256.of("library")))));
        String yaml = "endpoint: {url: \"http://127.0.0.1:1\"}\n";

        assertThat(look(yaml))
                .isEqualTo(new Item(
                        "engine",
                        State.DEGRADED,
                        "it is a program, which Lockstep does not install",
                        "keep it with its libraries, and name the folder: --packages DIR"));
        assertThat(look(yaml, mine).reason()).isEqualTo(mine + ": no file is the locked executable");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(look(yaml, mine))
                .isEqualTo(ready(mine + ": the program and its libraries (1) are kept, byte by byte"));
    }

    @Test
    void folder_of_wheels_must_be_there() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> look(MANAGED, nowhere))
                .hasMessage(nowhere + ": cannot be listed (" + nowhere + "); make it readable");
    }

    private static WheelBytes engine() {
        return new WheelBytes("fast_engine", "1.2")
                .with("fast_engine/__init__.py", "import core")
                .with("fast_engine/core.so", "native")
                .with("fast_engine.libs/libgomp.so", "openmp");
    }

    private static WheelBytes tokenizers(String source) {
        return new WheelBytes("tokenizers", "0.22").with("tokenizers/__init__.py", source);
    }

    private static WheelBytes torch() {
        return new WheelBytes("torch", "2.9").with("torch/lib/libtorch.so", "torch");
    }

    private void pin(String sha256) throws IOException {
        Files.writeString(requirements, "fast-engine==1.2 \\\n    --hash=sha256:" + sha256 + "\n");
    }

    private static Lock lock(SortedMap<String, JsonNode> engine) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        layers.put(Layer.ENGINE, LayerState.of(engine, Map.of(), Map.of(), Set.of()));
        return new Lock("tiny", layers);
    }

    private Item look() {
        return look(MANAGED);
    }

    private Item look(String yaml, Path... wheels) {
        return all(yaml, wheels).getFirst();
    }

    private List<Item> all(String yaml, Path... wheels) {
        Workplace workplace = new Workplace(
                folder.resolve("home"), folder.resolve("scripts"), Map.of(), Clock.systemUTC(), line -> {});
        return new RollbackEngine(lock, config(yaml), List.of(wheels), workplace).items();
    }

    private StackConfig config(String yaml) {
        try {
            Path file = folder.resolve("stack.yaml");
            Files.writeString(file, "schema: stack/1\nname: tiny\nengine: openai\nmodel: tiny\n" + yaml);
            return StackConfigReader.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Item ready(String reason) {
        return new Item("engine", State.READY, reason, "");
    }
}
