package dev.lockstep.run;

import dev.lockstep.suite.EvalCase;

/** One question that a plan asks: a case and which of its repetitions. */
public record PlannedSample(EvalCase evalCase, int repetition) {

    public SampleKey key() {
        return new SampleKey(evalCase.suite(), evalCase.id(), repetition);
    }

    public long seed() {
        return evalCase.seeds().get(repetition);
    }
}
