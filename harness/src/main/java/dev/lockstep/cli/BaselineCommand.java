package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records and approves what "unchanged" means. */
@Command(
        name = "baseline",
        mixinStandardHelpOptions = true,
        description = "Record runs under a lock, and approve them as its baseline.",
        footer = {"", "Example: lockstep baseline show --stack baselines/tiny-qwen3-vl"},
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {BaselineCommand.RecordRuns.class, BaselineCommand.Approve.class, BaselineCommand.Show.class})
final class BaselineCommand extends Group {

    /** Records runs. */
    @Command(
            name = "record",
            mixinStandardHelpOptions = true,
            description =
                    "Ask the suites several times, each on a server start of its own, and keep the runs as candidates.",
            footer = {"", "Example: lockstep baseline record --stack baselines/tiny-qwen3-vl --suites suites --runs 4"},
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class RecordRuns implements Callable<Integer> {
        @Mixin
        private StackOptions stack = new StackOptions();

        @Mixin
        private SuiteOptions suites = new SuiteOptions();

        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        @Option(
                names = "--runs",
                defaultValue = "4",
                description =
                        "How many runs; 300 comparisons between runs prove determinism, a noisy stack needs 7 runs. Default: ${DEFAULT-VALUE}.")
        private int runs;

        @Override
        public Integer call() {
            if (runs < 1) {
                throw new LockstepException(ErrorKind.CONFIG, "--runs is " + runs + "; expected at least 1");
            }
            RunRequest request = stack.request();
            List<Suite> read = suites.read();
            Workplace workplace = place.workplace(output.terminal()::say);
            List<String> recorded =
                    new BaselineRecording(request, workplace).record(() -> Plans.of(request.stack(), read), runs);
            output.print(
                    "recorded " + String.join(", ", recorded) + "\nnow look at them, then `lockstep baseline approve`",
                    () -> array(recorded));
            return ExitCode.OK;
        }
    }

    /** Approves runs. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Make recorded runs the baseline of the lock in force, with the noise measured between them.",
            footer = {
                "",
                "Example: lockstep baseline approve --stack baselines/tiny-qwen3-vl --by ada --why 'first baseline'"
            },
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Approve implements Callable<Integer> {
        @Mixin
        private StackOptions stack = new StackOptions();

        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who vouches for these runs.")
        private String by = "";

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why this is what is wanted.")
        private String why = "";

        @Option(names = "--run", paramLabel = "ID", description = "A run to approve; default: all that are recorded.")
        private @Nullable List<String> runs;

        @Override
        public Integer call() {
            RunRequest request = stack.request();
            Lock lock = LockFile.read(request.folder().lock());
            BaselineStore store = store(request, place.workplace(output.terminal()::say));
            List<String> chosen = runs == null ? store.recorded(lock.id()) : runs;
            Baseline baseline = store.approve(lock, chosen, by, why);
            output.print(text(baseline), () -> json(baseline));
            return ExitCode.OK;
        }
    }

    /** Shows the approved baseline. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show the approved baseline of the lock in force, and what its noise allows to conclude.",
            footer = {"", "Example: lockstep baseline show --stack baselines/tiny-qwen3-vl"},
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Show implements Callable<Integer> {
        @Mixin
        private StackOptions stack = new StackOptions();

        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            RunRequest request = stack.request();
            Lock lock = LockFile.read(request.folder().lock());
            Baseline baseline = store(request, place.workplace(output.terminal()::say))
                    .approved(lock.id())
                    .orElseThrow(() -> new LockstepException(
                            ErrorKind.BASELINE,
                            request.folder().baseline() + ": no baseline is approved for " + lock.id()
                                    + "; record one with `lockstep baseline record`, then approve it"));
            output.print(text(baseline), () -> json(baseline));
            return ExitCode.OK;
        }
    }

    private static BaselineStore store(RunRequest request, Workplace workplace) {
        return new BaselineStore(request.folder(), new DirectoryObjectStore(workplace.objects()));
    }

    private static String text(Baseline baseline) {
        List<String> lines = new ArrayList<>();
        lines.add("baseline of " + baseline.lockId());
        lines.add("approved by " + baseline.approvedBy() + ": " + baseline.why());
        baseline.runs()
                .forEach(run -> lines.add("  " + run.runId() + "  epoch "
                        + run.manifest().header().epoch()));
        Calibration prints = baseline.fingerprint();
        lines.add("  " + prints + (prints.gates() ? "" : ": cannot decide a verdict; " + prints.missing()));
        lines.add("  " + baseline.scores());
        return String.join("\n", lines);
    }

    private static ObjectNode json(Baseline baseline) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lockId", baseline.lockId())
                .put("approvedBy", baseline.approvedBy())
                .put("why", baseline.why());
        node.set("runs", array(baseline.runs().stream().map(BaselineRun::runId).toList()));
        for (Calibration calibration : List.of(baseline.fingerprint(), baseline.scores())) {
            node.putObject(calibration.detector())
                    .put("noise", calibration.noise().name())
                    .put("runs", calibration.runs())
                    .put("comparisons", calibration.comparisons())
                    .put("mismatches", calibration.mismatches());
        }
        return node;
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
