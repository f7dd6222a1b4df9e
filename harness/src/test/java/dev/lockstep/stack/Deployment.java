package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.testing.GgufEdit;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A model that is served under one name on the embedded engine, while people replace what lies behind it: files under their
 * paths, the launch, the engine.
 */
final class Deployment {
    static final String MODEL = "model.gguf";
    static final String PROJECTOR = "mmproj.gguf";

    private final EmbeddedStack embedded;
    private final StackConfig config;
    private Optional<Locked> locked = Optional.empty();

    private record Locked(ResolvedStack.Kept kept, Recorded recorded) {}

    private Deployment(EmbeddedStack embedded, StackConfig config) {
        this.embedded = embedded;
        this.config = config;
    }

    /** Puts the shipped model into a folder, with sampling settings of its own, under a name that no other test uses. */
    static Deployment tiny(EmbeddedStack embedded, Path folder, String name, String... params) throws IOException {
        Files.createDirectories(folder);
        TinyGguf.withSampling(folder.resolve(MODEL));
        return of(embedded, folder, name, params);
    }

    /** Takes a folder that holds a model; the shipped projector is put beside it. */
    static Deployment of(EmbeddedStack embedded, Path folder, String name, String... params) throws IOException {
        Files.copy(TinyGguf.projector(), folder.resolve(PROJECTOR));
        StringBuilder more = new StringBuilder();
        for (String param : params) {
            more.append("    ").append(param).append('\n');
        }
        return new Deployment(
                embedded,
                StackConfigReader.read(Files.writeString(
                        folder.resolve("stack.yaml"),
                        """
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
                """.formatted(name, EmbeddedStack.VERSION, MODEL, PROJECTOR) + more)));
    }

    StackConfig config() {
        return config;
    }

    Path file(String name) {
        return config.file().resolveSibling(name);
    }

    /** Opens a file to change it in its place. */
    GgufEdit edit(String name) throws IOException {
        return GgufEdit.of(file(name));
    }

    /** Starts it and locks it as it is now. */
    LiveEndpoint lock() {
        LiveEndpoint endpoint = start(LaunchOverrides.none());
        ResolvedStack resolved = resolve(Optional.of(endpoint));
        resolved.keepSidecars(TensorStore.of(config.file()));
        Recorded recorded =
                new Recorded(Optional.of(Probes.take(config, endpoint)), Optional.of(Logprobs.take(config, endpoint)));
        locked = Optional.of(
                new Locked(new ResolvedStack.Kept(resolved.lock(), TensorStore.of(config.file())), recorded));
        return endpoint;
    }

    /** Reads what a lock would hold; nothing is kept. */
    ResolvedStack resolve(Optional<LiveEndpoint> live) {
        return new LockMaker(embedded.home(), System.getenv("PATH")).resolve(config, live);
    }

    /** Returns the same deployment with further fields of stack.yaml. */
    Deployment with(String yaml) throws IOException {
        Files.writeString(config.file(), yaml, StandardOpenOption.APPEND);
        return new Deployment(embedded, StackConfigReader.read(config.file()));
    }

    Lock locked() {
        return locked.orElseThrow().kept().lock();
    }

    Probes probes() {
        return locked.orElseThrow().recorded().probes().orElseThrow();
    }

    LiveEndpoint start(LaunchOverrides change) {
        embedded.stacks().down(config.name());
        return embedded.up(config, change);
    }

    LiveEndpoint restart() {
        return start(LaunchOverrides.none());
    }

    /** Compares what answers with what was locked. */
    Verification verify(LiveEndpoint endpoint) {
        Locked then = locked.orElseThrow();
        return Verifier.verify(then.kept(), config, endpoint, then.recorded());
    }

    /** Damages a file under its name, starts the server anew, compares, and mends the file. */
    Verification with(String file, Change change) throws IOException {
        byte[] intact = Files.readAllBytes(file(file));
        change.to(file(file));
        try {
            return verify(restart());
        } finally {
            Files.delete(file(file));
            Files.write(file(file), intact);
        }
    }

    Verification with(String param, JsonNode value) {
        return verify(start(LaunchOverrides.none().with(param, value)));
    }

    /** A change of a file in its place. */
    interface Change {
        void to(Path file) throws IOException;
    }
}
