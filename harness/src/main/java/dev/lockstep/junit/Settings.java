package dev.lockstep.junit;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.job.Home;
import dev.lockstep.job.Invocation;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * The configuration parameters that say which stack is asked: those of {@code lockstep run}, under the same names.
 *
 * @param values parameter to value, blank ones left out
 */
record Settings(Map<String, String> values) {
    /** The folder below which suites are looked for by their id. */
    static final String SUITES = "lockstep.suites";

    private static final String STACK = "lockstep.stack";
    private static final String STORE = "lockstep.store";
    private static final String HOME = "lockstep.home";
    private static final String SCRIPTS = "lockstep.scripts";
    private static final String RUNNING = "lockstep.running";
    private static final String URL = "lockstep.url";
    private static final String EPOCH = "lockstep.epoch";
    private static final String GATE = "lockstep.gate";

    Settings {
        values = Map.copyOf(values);
    }

    static Settings of(ConfigurationParameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : List.of(STACK, STORE, HOME, SCRIPTS, RUNNING, URL, EPOCH, GATE)) {
            parameters.get(name).filter(value -> !value.isBlank()).ifPresent(value -> values.put(name, value));
        }
        return new Settings(values);
    }

    /**
     * Reads the stack and its policy.
     *
     * @throws LockstepException of kind CONFIG when no stack is named, or something in its files is wrong
     */
    RunRequest request() {
        StackConfig config = StackConfigReader.read(path(STACK).orElseThrow(Settings::noStack));
        StackFolder folder = new StackFolder(
                path(STORE).orElseGet(() -> config.file().resolveSibling("")).toAbsolutePath());
        return new RunRequest(
                config,
                folder,
                GatePolicyReader.inForce(path(GATE), folder.gate()),
                text(RUNNING),
                text(URL).map(Settings::url),
                text(EPOCH));
    }

    /** Says nothing while it works: what tests print lands in the wrong test's report. */
    Workplace workplace() {
        Map<String, String> environment = System.getenv();
        Path home = path(HOME)
                .map(SuiteCatalog::absolute)
                .orElseGet(() -> Home.of(environment, System.getProperty("os.name"), System.getProperty("user.home")));
        Path scripts = SuiteCatalog.absolute(path(SCRIPTS).orElse(Path.of("scripts")));
        Invocation invocation = Invocation.standard().at(text(HOME));
        return new Workplace(home, scripts, environment, Clock.systemUTC(), line -> {}, invocation);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private Optional<Path> path(String name) {
        return text(name).map(Path::of);
    }

    private static URI url(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    URL + " is '" + value + "'; expected an address such as http://127.0.0.1:8080",
                    e);
        }
    }

    private static LockstepException noStack() {
        return new LockstepException(
                ErrorKind.CONFIG,
                STACK + " is not set; name the folder that holds stack.yaml, in junit-platform.properties (" + STACK
                        + "=baselines/my-stack), as -D" + STACK + "=... or by @ConfigurationParameter");
    }
}
