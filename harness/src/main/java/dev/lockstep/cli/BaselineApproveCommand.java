package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Candidates;
import dev.lockstep.baseline.Intent;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.gate.Outlook;
import dev.lockstep.gate.PassForecast;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.Rehearsal;
import dev.lockstep.lock.Lock;
import dev.lockstep.stack.StackConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves runs. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Make recorded runs the baseline of the lock in force, with the noise measured between them.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} baseline approve --stack baselines/tiny-qwen3-vl \\",
            "           --by ada --why 'first baseline'"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineApproveCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            description = "Your name: who vouches for these runs.")
    private String by = "";

    @Option(
            names = "--why",
            required = true,
            paramLabel = "TEXT",
            description = "Why the stack should behave as in these runs; kept with the baseline.")
    private String why = "";

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "A run to approve; repeat it for several. Default: all that are recorded under the lock.")
    private @Nullable List<String> runs;

    @Option(
            names = "--replace",
            description =
                    "Drop the approved baseline of this lock, although it is of another plan: other suites or cases.")
    private boolean replace;

    @Option(
            names = "--mixed",
            description =
                    "Take it for noise that some runs repeat each other bit by bit, and later ones repeat each other but not them.")
    private boolean mixed;

    @Override
    public Integer call() {
        requireSaid("--by", by, "the name of who vouches for these runs");
        requireSaid("--why", why, "the reason, in a few words");
        StackConfig config = stack.config();
        StackFolder folder = stack.folder(config);
        Lock lock = LockedStack.readLock(folder.lock());
        GatePolicy policy =
                GatePolicyReader.inForce(Optional.empty(), folder.gate()).values();
        BaselineStore store = place.workplace(output.terminal()).baselines(folder);
        List<String> chosen = runs == null ? store.recorded(lock.id()) : runs;
        if (!replace) {
            store.requireSamePlan(lock.id(), chosen);
        }
        Candidates candidates = store.candidates(lock.id(), chosen);
        if (!mixed) {
            candidates.requireOneBehaviour();
        }
        Baseline baseline = store.approve(lock, candidates, by, why);
        Intent.keep(folder, lock.id(), config.file());
        PassForecast passing = Rehearsal.passing(baseline, policy);
        output.print(text(baseline, new PassLines(passing, policy.margins().scores())), () -> json(baseline, passing));
        return ExitCode.OK;
    }

    private static String text(Baseline baseline, PassLines passing) {
        return BaselineCommand.text(baseline) + "\n" + String.join("\n", passing.all());
    }

    private static ObjectNode json(Baseline baseline, PassForecast passing) {
        ObjectNode node = BaselineCommand.json(baseline);
        node.put("passProbability", passing.pass());
        passing.notCounted().ifPresent(what -> node.put("notCounted", what));
        node.set(
                "advisory",
                BaselineCommand.array(
                        passing.advisory().stream().map(Outlook::detector).toList()));
        return node;
    }

    private static void requireSaid(String option, String value, String expected) {
        if (value.isBlank()) {
            throw new LockstepException(ErrorKind.CONFIG, option + " is empty; expected " + expected);
        }
    }
}
