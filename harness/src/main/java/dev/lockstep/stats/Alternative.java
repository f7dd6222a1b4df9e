package dev.lockstep.stats;

import org.apache.commons.statistics.inference.AlternativeHypothesis;

/** Which departures from the null hypothesis a test looks for. */
public enum Alternative {
    TWO_SIDED(AlternativeHypothesis.TWO_SIDED),
    GREATER(AlternativeHypothesis.GREATER_THAN),
    LESS(AlternativeHypothesis.LESS_THAN);

    private final AlternativeHypothesis hypothesis;

    Alternative(AlternativeHypothesis hypothesis) {
        this.hypothesis = hypothesis;
    }

    AlternativeHypothesis hypothesis() {
        return hypothesis;
    }
}
