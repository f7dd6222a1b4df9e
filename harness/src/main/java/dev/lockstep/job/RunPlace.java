package dev.lockstep.job;

import dev.lockstep.suite.Suite;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** Tells in the user's own words how a run was started, so that a report can spell the same command. */
final class RunPlace {
    private static final Path HERE = Path.of(".");

    private RunPlace() {}

    static RunResult.Place of(Assignment assignment) {
        RunRequest request = assignment.request();
        Path file = request.stack().file();
        Path folder = Objects.requireNonNullElse(file.getParent(), HERE);
        Path store = request.folder().path();
        boolean beside = store.equals(file.toAbsolutePath().resolveSibling(""));
        return new RunResult.Place(
                (file.endsWith("stack.yaml") ? folder : file).toString(),
                (beside ? folder : store).toString(),
                assignment.plan().suites().stream()
                        .map(Suite::file)
                        .map(RunPlace::named)
                        .toList(),
                request.policy().named().map(Path::toString),
                server(request),
                assignment.workplace().invocation(),
                request.tier().key());
    }

    private static RunResult.Server server(RunRequest request) {
        return new RunResult.Server(
                request.runningName()
                        .filter(name -> !name.equals(request.stack().name())),
                request.url().map(URI::toString),
                request.epoch(),
                request.isManaged());
    }

    /** A suite file of the usual name is found in its folder. */
    private static String named(Path suite) {
        boolean usual = String.valueOf(suite.getFileName()).startsWith("suite.");
        Path named = usual ? Objects.requireNonNullElse(suite.getParent(), HERE) : suite;
        return named.toString();
    }
}
