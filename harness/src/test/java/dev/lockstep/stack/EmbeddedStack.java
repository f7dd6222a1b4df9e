package dev.lockstep.stack;

import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded engine with the tiny model, for tests on a real server; every stack that was started is ended. */
final class EmbeddedStack implements AutoCloseable {
    static final String VERSION = "2026.10.11549";
    static final String OTHER_VERSION = "2026.9.11063";

    private final Path home = Path.of(System.getProperty("lockstep.test.home", "target/lockstep-home"))
            .toAbsolutePath();
    private final Path scripts = Path.of(System.getProperty("lockstep.scripts", "../scripts"));
    private final Path models = Path.of(System.getProperty("lockstep.test.model", "../baselines/tiny-qwen3-vl/model"))
            .toAbsolutePath()
            .normalize();
    private final ManagedStack stacks = new ManagedStack(home, scripts, System.getenv(), line -> {});
    private final List<String> started = new ArrayList<>();
    private final List<ModelClient> clients = new ArrayList<>();

    /** Returns SmolLM2-135M-Instruct in Q4_1, which the first who needs it fetches. */
    static Path smollm2(Path folder) throws IOException {
        Path copy = Files.copy(Path.of("../baselines/smollm2-135m/stack.yaml"), folder.resolve("smollm2.yaml"));
        StackConfig config = StackConfigReader.read(copy);
        EmbeddedStack embedded = new EmbeddedStack();
        new ModelPackages(new Launcher(embedded.home, embedded.scripts, System.getenv(), line -> {}))
                .provide(config.launch().orElseThrow());
        Path link = config.files().weights().orElseThrow();
        Path fetched = link.toRealPath();
        // Nobody who deletes the folder is to come near what all tests share.
        Files.delete(link);
        return fetched;
    }

    Path home() {
        return home;
    }

    ManagedStack stacks() {
        return stacks;
    }

    Path weights() {
        return models.resolve("tinyvl-F16.gguf");
    }

    StackConfig config(Path folder, String name) throws IOException {
        String yaml = """
                schema: stack/1
                name: %s
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {url: managed}
                launch:
                  package: xllamacpp
                  version: %s
                  params:
                    model.path: %s
                    mmproj.path: %s
                    n_ctx: 4096
                    n_parallel: 1
                    cpuparams.n_threads: 1
                    use_jinja: true
                    endpoint_props: true
                    endpoint_slots: true
                """.formatted(name, VERSION, weights(), models.resolve("mmproj-tinyvl-F16.gguf"));
        Files.createDirectories(folder);
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), yaml));
    }

    LiveEndpoint up(StackConfig config, LaunchOverrides overrides) {
        started.add(overrides.name().orElse(config.name()));
        RunningStack running = stacks.up(config, overrides);
        return endpoint(config, running);
    }

    LiveEndpoint endpoint(StackConfig config, RunningStack running) {
        ModelClient client = ModelClients.open(config.endpoint().at(running.url()), Map.of());
        clients.add(client);
        return LiveEndpoint.of(running.url(), client, Clock.systemUTC());
    }

    Lock lock(StackConfig config, LiveEndpoint endpoint) {
        return new LockMaker(home, System.getenv("PATH")).lock(config, Optional.of(endpoint));
    }

    @Override
    public void close() {
        clients.forEach(ModelClient::close);
        started.forEach(stacks::down);
    }
}
