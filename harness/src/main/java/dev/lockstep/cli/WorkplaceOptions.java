package dev.lockstep.cli;

import dev.lockstep.job.Home;
import dev.lockstep.job.Invocation;
import dev.lockstep.job.Workplace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that keeps or looks up files. */
final class WorkplaceOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Where engines, run logs and samples lie; default: LOCKSTEP_HOME, else the user's cache directory.")
    private @Nullable Path home;

    Workplace workplace(Terminal terminal) {
        return new Workplace(
                home(), scripts(), System.getenv(), Clock.systemUTC(), terminal::say, invocation(), terminal.hashing());
    }

    private Invocation invocation() {
        String program = Objects.requireNonNull(command, "picocli names the command")
                .root()
                .name();
        return new Invocation(program, Optional.ofNullable(home).map(Path::toString));
    }

    Path home() {
        return home != null
                ? home.toAbsolutePath().normalize()
                : Home.of(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    /** Returns these options as the user gave them. */
    List<String> words() {
        return home == null ? List.of() : List.of("--home", home.toString());
    }

    /** Returns where the launcher of the embedded stack lies; the start script says so. */
    static Path scripts() {
        return Path.of(System.getProperty("lockstep.scripts", "scripts")).toAbsolutePath();
    }
}
