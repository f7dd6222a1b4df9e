package dev.lockstep.cli;

import dev.lockstep.job.BisectSuite;
import dev.lockstep.job.Bisection;
import dev.lockstep.job.LockBisect;
import dev.lockstep.job.Workplace;
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds which layers make one stack answer as another. */
@Command(
        name = "bisect",
        mixinStandardHelpOptions = true,
        description =
                "Find which layers make one stack answer as another: starts both, and stacks that are made of both, and asks "
                        + "each the same prompts. Both must have `launch` in stack.yaml; what already runs is left alone.",
        footer = {
            "",
            "Exit codes: 0 both answer alike, 1 layers were found, 3 none of those that can be exchanged, 69 one does not run.",
            "Example: ${ROOT-COMMAND-NAME} lock bisect baselines/tiny-qwen3-vl candidate",
            "         ${ROOT-COMMAND-NAME} lock bisect approved candidate \\",
            "           --suites suites/tiny-fingerprint"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockBisectCommand implements Callable<Integer> {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Parameters(
            index = "0",
            paramLabel = "FIRST",
            description = "A stack: a folder with stack.yaml, or the file itself.")
    private @Nullable Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another stack, which answers in another way.")
    private @Nullable Path second;

    @Option(
            names = "--suites",
            paramLabel = "PATH",
            arity = "1..*",
            description = "What is asked: suite files, or folders with them; default: twelve short prompts.")
    private List<Path> suites = new ArrayList<>();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        StackConfig one = StackConfigReader.read(Objects.requireNonNull(first));
        StackConfig other = StackConfigReader.read(Objects.requireNonNull(second));
        Workplace workplace = place.workplace(output.terminal());
        Path folder = workplace
                .home()
                .resolve("bisect")
                .resolve(one.name() + "-" + SECOND.format(workplace.clock().instant()));
        List<Suite> asked = suites.isEmpty() ? BisectSuite.in(folder) : Suites.readAll(suites, Scorers.standard());
        Bisection bisection = LockBisect.search(one, other, asked, workplace, folder);
        BisectionText told = new BisectionText(bisection);
        output.print(told.text(), told::json);
        return switch (bisection.result()) {
            case SAME -> ExitCode.OK;
            case FOUND, FOUND_IN_PART -> ExitCode.DIFFERENT;
            case NOT_FOUND -> ExitCode.UNVERIFIABLE;
        };
    }
}
