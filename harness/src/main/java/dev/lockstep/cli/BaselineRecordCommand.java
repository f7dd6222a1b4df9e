package dev.lockstep.cli;

import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunFolder;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.RunLog;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records runs. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description =
                "Ask the suites several times, each on a server start of its own, and keep the runs as candidates for approval.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} baseline record --stack baselines/tiny-qwen3-vl \\",
            "           --suites suites --runs 4"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineRecordCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "How many runs. How many these suites need, in all, is said at the end: as many as make 300 comparisons, and at least 7 where answers vary. A server that Lockstep did not start takes 1, then a restart by you. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new LockstepException(ErrorKind.CONFIG, "--runs is " + runs + "; expected at least 1");
        }
        RunRequest request = server.request(stack);
        List<Suite> read = suites.read();
        Terminal terminal = output.terminal();
        Workplace workplace = place.workplace(terminal);
        List<String> recorded = new BaselineRecording(request, workplace)
                .record(() -> Plans.of(request.stack(), read), runs, terminal::asked);
        output.print(summary(request, workplace, recorded).text(), () -> BaselineCommand.array(recorded));
        return ExitCode.OK;
    }

    private RecordingSummary summary(RunRequest request, Workplace workplace, List<String> recorded) {
        LockId lock = LockedStack.readLock(request.folder().lock()).id();
        BaselineStore store = workplace.baselines(request.folder());
        List<RunManifest> all = store.manifests(lock);
        List<RunManifest> now = all.stream()
                .filter(run -> recorded.contains(run.header().runId()))
                .toList();
        List<RunManifest> onePlan =
                all.stream().filter(run -> isLike(now.getFirst(), run)).toList();
        List<Calibration> noise = store.candidates(lock, ids(onePlan)).calibrations();
        RecordingSummary.Commands commands = new RecordingSummary.Commands(
                command("show", List.of()),
                approve(store, lock, onePlan, onePlan.size() < all.size()),
                new RecordingSummary.Again(request.isManaged(), runs -> again(request, runs, all.size() + 1)));
        Path runs = workplace.runs(request.stack().name());
        return new RecordingSummary(now, noise, runs, refusals(runs, recorded), commands);
    }

    private static boolean isLike(RunManifest one, RunManifest other) {
        return one.header().planHash().equals(other.header().planHash())
                && !one.header().isAskedUnderOtherLoadThan(other.header());
    }

    private static List<String> ids(List<RunManifest> runs) {
        return runs.stream().map(run -> run.header().runId()).toList();
    }

    private static Refusals refusals(Path runs, List<String> recorded) {
        return new Refusals(recorded.stream()
                .map(runId -> RunLog.read(new RunFolder(runs.resolve(runId)).log()))
                .toList());
    }

    /** Runs of one plan are approved together; they are named where other plans were recorded as well. */
    private String approve(BaselineStore store, LockId lock, List<RunManifest> runs, boolean areSome) {
        List<String> words = new ArrayList<>();
        if (areSome) {
            ids(runs).forEach(run -> words.addAll(List.of("--run", run)));
        }
        boolean replaces = store.isOtherPlan(lock, runs);
        if (replaces) {
            words.add("--replace");
        }
        words.addAll(List.of("--by", System.getProperty("user.name"), "--why"));
        words.add(replaces ? "other suites" : "first baseline");
        return command("approve", words);
    }

    /** The next start needs a name of its own where this one had to be named. */
    private String again(RunRequest request, int runs, int number) {
        List<String> words = new ArrayList<>(server.words());
        words.addAll(suites.words());
        words.addAll(List.of("--runs", Integer.toString(runs)));
        request.epoch().ifPresent(epoch -> words.addAll(List.of("--epoch", "start-" + number)));
        return command("record", words);
    }

    private String command(String verb, List<String> more) {
        List<String> words = new ArrayList<>(List.of("baseline", verb));
        words.addAll(stack.words());
        words.addAll(place.words());
        words.addAll(more);
        return output.invocation().line(words);
    }
}
