package dev.lockstep.cli;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.FinishedRun;
import dev.lockstep.job.Locking;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.report.Reports;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One stack of the demo: what is done with it, told on the terminal. */
final class DemoStage {
    private final Workplace workplace;
    private final Terminal terminal;
    private final RunRequest request;
    private final List<Suite> suites;
    private final ManagedStack stacks;
    private LaunchOverrides last = LaunchOverrides.none();

    DemoStage(Workplace workplace, Terminal terminal, RunRequest request, List<Suite> suites) {
        this.workplace = workplace;
        this.terminal = terminal;
        this.request = request;
        this.suites = List.copyOf(suites);
        this.stacks = workplace.stacks();
    }

    StackConfig config() {
        return request.stack();
    }

    /** Starts the server anew, with or without a change that nobody announced. */
    void start(LaunchOverrides change) {
        stop();
        last = change.withName(running());
        stacks.up(config(), last);
    }

    /** Returns the command that starts the server as it was started last. */
    String startCommand() {
        List<String> words = new ArrayList<>(
                List.of("stack", "up", config().file().resolveSibling("").toString()));
        words.addAll(StackUpCommand.words(last));
        workplace.invocation().home().ifPresent(home -> words.addAll(List.of("--home", home)));
        return workplace.invocation().line(words);
    }

    void stop() {
        stacks.down(running());
    }

    void lock() {
        start(LaunchOverrides.none());
        terminal.say("locked as " + Locking.lock(request, workplace).id());
    }

    void baseline(int runs) {
        new BaselineRecording(request, workplace).record(() -> Plans.of(config(), suites), runs, terminal::asked);
        Lock lock = LockFile.read(request.folder().lock());
        BaselineStore store = workplace.baselines(request.folder());
        Baseline approved = store.approve(lock, store.recorded(lock.id()), "demo", "first baseline of the demo");
        terminal.say("approved: "
                + approved.calibrations().stream().map(Calibration::toString).collect(Collectors.joining("; ")));
    }

    RunOutcome night(String change) {
        return night(change, sample -> {});
    }

    /** Runs the nightly once, and writes its reports. */
    RunOutcome night(String change, Consumer<Sample> watcher) {
        terminal.say("-- " + change);
        Plan plan = Plans.of(config(), suites);
        return tell(RegressionRun.execute(
                request, plan, workplace, terminal.asked(plan).andThen(watcher)));
    }

    /** Judges a night again, from its log and by another rule. */
    RunOutcome again(RunOutcome night, GatePolicy.Judging judging, String change) {
        terminal.say("-- " + change);
        RunRequest other = new RunRequest(
                request.stack(),
                request.folder(),
                request.policy().withJudging(judging),
                request.runningName(),
                request.url(),
                request.epoch());
        Path to = night.folder().path().resolve(judging.name().toLowerCase(Locale.ROOT));
        return tell(FinishedRun.read(night.folder().log()).judge(other, Plans.of(config(), suites), workplace, to));
    }

    private RunOutcome tell(RunOutcome outcome) {
        Reports.write(outcome);
        Verdict verdict = outcome.result().verdict();
        terminal.say("   " + verdict.name() + ": " + verdict.reasons().getFirst());
        return outcome;
    }

    private String running() {
        return request.runningName().orElseThrow();
    }
}
