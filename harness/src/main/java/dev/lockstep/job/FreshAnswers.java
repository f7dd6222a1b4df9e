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

/**
 * Asks one server start for what a test fired on, the whole list as often as a confirmation wants.
 *
 * <p>What is sampled anew in each run takes seeds that neither the run nor another pass took; all else repeats its own.
 *
 * @param runId of the run that is confirmed
 * @param stack whose servers are asked
 */
record FreshAnswers(String runId, Plan plan, LockedStack stack) {

    /** Returns the answers in the order of their coming; each is kept as soon as it is there. */
    List<Sample> ask(Servers servers, List<SampleKey> keys, Consumer<Sample> keep) {
        Runner runner = servers.runner(stack, plan);
        int workers = stack.request().concurrency();
        List<Sample> answers = Collections.synchronizedList(new ArrayList<>());
        for (int pass = 0; pass < Confirmation.PASSES; pass++) {
            String asking = runId + "/confirm/" + servers.epoch() + "/" + pass;
            List<PlannedSample> wanted = plan.order(asking, workers).stream()
                    .filter(sample -> keys.contains(sample.key()))
                    .toList();
            runner.ask(wanted, workers, sample -> {
                keep.accept(sample);
                answers.add(sample);
            });
        }
        return List.copyOf(answers);
    }
}
