package dev.lockstep.job;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.gate.Confirmation;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.RunLogWriter;
import dev.lockstep.run.Runner;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.EvalCase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One execution of a plan over a verified stack.
 *
 * <p>A run that was killed goes on where it stopped: the newest log with the same plan, lock and epoch is resumed, and what it
 * holds is not asked again.
 */
public final class RunSession implements AutoCloseable {
    private final LockedStack stack;
    private final Plan plan;
    private final RunFolder folder;
    private final RunLogWriter writer;
    private final Runner runner;
    private final Map<SampleKey, Sample> samples = new ConcurrentHashMap<>();

    private RunSession(LockedStack stack, Plan plan, RunFolder folder, RunLogWriter writer) {
        this.stack = stack;
        this.plan = plan;
        this.folder = folder;
        this.writer = writer;
        this.runner = stack.servers().runner(stack, plan);
    }

    /** Starts a run, or goes on with one that was killed. */
    public static RunSession open(LockedStack stack, Plan plan) {
        Preconditions.check(stack, plan);
        RunFolders folders = RunFolders.of(stack.request(), stack.workplace());
        Optional<RunSession> resumed = folders.unfinished(
                        plan,
                        stack.lockId().value(),
                        stack.epoch(),
                        stack.request().concurrency())
                .flatMap(unfinished -> resume(stack, plan, unfinished));
        return resumed.orElseGet(() -> start(stack, plan, folders.create()));
    }

    private static RunSession start(LockedStack stack, Plan plan, RunFolder folder) {
        RunHeader header = plan.header(
                        folder.runId(),
                        stack.lockId().value(),
                        stack.epoch(),
                        OptionalInt.of(stack.request().concurrency()))
                .within(stack.verification().stratum());
        return new RunSession(stack, plan, folder, RunLogWriter.create(folder.log(), header));
    }

    /** Empty when another process is writing that run. */
    private static Optional<RunSession> resume(LockedStack stack, Plan plan, RunFolder folder) {
        return RunLogWriter.resume(folder.log()).map(writer -> {
            RunLog log = RunLog.read(folder.log());
            RunSession session = new RunSession(stack, plan, folder, writer);
            session.samples.putAll(log.samples());
            stack.workplace()
                    .say("resuming " + folder.runId() + ": " + log.samples().size() + " of "
                            + plan.samples().size() + " samples are there");
            return session;
        });
    }

    /** Marks the run as one that is not to be resumed. */
    void finish() {
        AtomicFile.write(folder.recorded(), "");
    }

    public RunFolder folder() {
        return folder;
    }

    public Plan plan() {
        return plan;
    }

    /**
     * Asks what is not in the log yet, as many at once as the endpoint takes.
     *
     * @param progress takes every sample of the log: first those that were there, then each as it ends
     */
    public void askAll(Consumer<Sample> progress) {
        List.copyOf(samples.values()).forEach(progress);
        int atOnce = stack.request().concurrency();
        List<PlannedSample> missing = plan.order(folder.runId(), atOnce).stream()
                .filter(sample -> !samples.containsKey(sample.key()))
                .toList();
        runner.ask(missing, atOnce, sample -> {
            keep(sample);
            progress.accept(sample);
        });
    }

    /** Asks one case, unless the log holds its answers already; returns them in the order of the repetitions. */
    public List<Sample> ask(EvalCase evalCase) {
        return asked().stream()
                .filter(sample -> sample.evalCase().path().equals(evalCase.path()))
                .map(this::askOnce)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<PlannedSample> asked() {
        return plan.samples(folder.runId());
    }

    private Optional<Sample> askOnce(PlannedSample planned) {
        Sample there = samples.get(planned.key());
        if (there != null) {
            return Optional.of(there);
        }
        if (runner.endpointIsDown()) {
            return Optional.empty();
        }
        Sample asked = runner.ask(planned);
        keep(asked);
        return Optional.of(asked);
    }

    /** Asks samples again that differ from the baseline; returns the answers, which the log holds too. */
    List<Sample> repeat(List<SampleKey> keys, int times) {
        return askAgain(keys, times, writer::appendRepeat);
    }

    /**
     * Reads back what the log holds by now. When that ends in refusals, a sample that was answered and one that was refused are
     * asked again first: behaviour does not depend on what is asked last, an outage does.
     */
    RunLog controlled() {
        RunLog log = log();
        if (!log.endsInRefusals()) {
            return log;
        }
        stack.workplace().say("the run ends in refusals; asking again what was answered, and what was refused");
        askAgain(log.toControl(), 1, writer::appendControl);
        return log();
    }

    /**
     * Asks samples afresh, the whole list {@value Confirmation#PASSES} times, as many at once as the endpoint takes; the log holds
     * the answers.
     *
     * @param of this session's stack, or another start of the same
     * @param servers which of its servers are asked
     */
    List<Sample> confirm(LockedStack of, Servers servers, List<SampleKey> keys) {
        return new FreshAnswers(folder.runId(), plan, of).ask(servers, keys, writer::appendConfirm);
    }

    private List<Sample> askAgain(Collection<SampleKey> keys, int times, Consumer<Sample> keep) {
        List<Sample> answers = new ArrayList<>();
        asked().stream().filter(sample -> keys.contains(sample.key())).forEach(sample -> {
            for (int i = 0; i < times && !runner.endpointIsDown(); i++) {
                Sample answer = runner.ask(sample);
                keep.accept(answer);
                answers.add(answer);
            }
        });
        return answers;
    }

    /** Keeps what a verdict needs beside the samples. */
    void end(RunEnd end) {
        writer.appendEnd(end);
    }

    /** Reads back what the log holds by now. */
    public RunLog log() {
        return RunLog.read(folder.log());
    }

    private void keep(Sample sample) {
        writer.append(sample);
        samples.put(sample.key(), sample);
    }

    @Override
    public void close() {
        writer.close();
    }
}
