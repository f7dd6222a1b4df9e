package dev.lockstep.run;

import dev.lockstep.suite.EvalCase;

/** One question that a plan asks: a case, which of its repetitions, and the seed of this asking. */
public record PlannedSample(EvalCase evalCase, int repetition, long seed) {

    /** Takes the seed that the suite lists for this repetition. */
    public PlannedSample(EvalCase evalCase, int repetition) {
        this(evalCase, repetition, evalCase.seeds().get(repetition));
    }

    public SampleKey key() {
        return new SampleKey(evalCase.suite(), evalCase.id(), repetition);
    }

    /** Returns the same question with a seed that nobody asked with before: a hash of key and asking. */
    PlannedSample fresh(String asking) {
        return new PlannedSample(evalCase, repetition, FreshSeed.of(asking, key()));
    }
}
