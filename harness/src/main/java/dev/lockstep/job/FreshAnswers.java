package dev.lockstep.job;

import dev.lockstep.gate.Confirmation;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.Runner;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Asks one server start for what a test fired on, the whole list as often as a confirmation wants. */
final class FreshAnswers {
    private FreshAnswers() {}

    /** Returns the answers in the order of their coming; each is kept as soon as it is there. */
    static List<Sample> ask(LockedStack stack, Plan plan, List<SampleKey> keys, Consumer<Sample> keep) {
        Runner runner = new Runner(stack.client(), plan.template(), stack.epoch());
        int workers = stack.request().stack().endpoint().settings().concurrency();
        List<PlannedSample> wanted = plan.samples().stream()
                .filter(sample -> keys.contains(sample.key()))
                .toList();
        List<Sample> answers = Collections.synchronizedList(new ArrayList<>());
        for (int pass = 0; pass < Confirmation.PASSES; pass++) {
            runner.ask(wanted, workers, sample -> {
                keep.accept(sample);
                answers.add(sample);
            });
        }
        return List.copyOf(answers);
    }
}
