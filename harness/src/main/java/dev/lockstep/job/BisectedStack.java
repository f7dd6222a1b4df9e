package dev.lockstep.job;

import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Forcing;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.RunLogWriter;
import dev.lockstep.run.Runner;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One start of a stack that is asked all prompts, and ended; every start has a log of its own.
 *
 * @param config the stack as it is started
 * @param name of this start, no other's
 */
record BisectedStack(Workplace workplace, Plan plan, StackConfig config, String name) {
    private static final String SEEDS = "bisect";

    /**
     * What a start gave.
     *
     * @param lock made of files and engine, after the start
     * @param probes what fixed conversations become in it, and which sampling takes effect
     * @param file where the log lies
     */
    record Asked(Lock lock, Probes probes, RunLog log, Path file, Duration took) {}

    /**
     * Starts it, asks, and ends it, whatever happens.
     *
     * @param folder where the log lies
     * @throws LockstepException of kind ENDPOINT when it does not start, or does not answer every prompt
     */
    Asked ask(Path folder) {
        Instant start = workplace.clock().instant();
        try {
            RunningStack running =
                    workplace.stacks().up(config, LaunchOverrides.none().withName(name));
            Lock lock = Locking.maker(workplace).lock(config, Optional.empty());
            try (ModelClient client = ModelClients.open(config.endpoint().at(running.url()), workplace.environment())) {
                Path file = folder.resolve(name + ".jsonl");
                ask(running, lock, client, file);
                Probes probes = Probes.take(config, LiveEndpoint.of(running.url(), client, workplace.clock()));
                RunLog log = requireAnswers(RunLog.read(file), running);
                return new Asked(
                        lock,
                        probes,
                        log,
                        file,
                        Duration.between(start, workplace.clock().instant()));
            }
        } finally {
            workplace.stacks().down(name);
        }
    }

    private void ask(RunningStack running, Lock lock, ModelClient client, Path file) {
        String epoch = running.pid() + ":" + running.startTime();
        int atOnce = config.endpoint().settings().concurrency();
        RunHeader header = plan.header(name, lock.id().value(), epoch, OptionalInt.of(atOnce));
        try (RunLogWriter writer = RunLogWriter.create(file, header)) {
            new Runner(client, plan.template(), epoch, Forcing.NONE).ask(plan.samples(SEEDS), atOnce, writer::append);
        }
    }

    private RunLog requireAnswers(RunLog log, RunningStack running) {
        long answered = log.samples().values().stream()
                .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                .count();
        int planned = plan.samples().size();
        if (answered < planned) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    (planned - answered) + " of " + planned + " prompts got no answer; see the server's log: "
                            + running.log());
        }
        return log;
    }
}
