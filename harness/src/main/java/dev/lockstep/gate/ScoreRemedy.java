package dev.lockstep.gate;

import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.MeanEstimate;

/**
 * How many cases would decide, where those that were asked do not.
 *
 * <p>It speaks of cases and never of repetitions: a case that is asked more often is still one of those that there are.
 *
 * @param level of the test, whatever else fires
 */
record ScoreRemedy(ScoreCases cases, double margin, double level) {
    private static final int MOST_TIMES = 100;

    /** Asks the tests: the same shares of cases that moved among so many times more. */
    String sentence() {
        for (int times = 2; times <= MOST_TIMES && cases.size() <= Integer.MAX_VALUE / times; times++) {
            boolean differs = pValue(times) <= level;
            if (differs || cases.lossAtMargin(margin, times) <= ScoreChange.SAME_LEVEL) {
                return condition() + times * cases.size() + " cases would "
                        + (differs ? "call it drift" : "rule it out") + ", there are " + cases.size();
            }
        }
        return "no number of cases that move in these shares would decide within " + MOST_TIMES + " times the "
                + cases.size() + " there are; widen 'scores' of margins in gate.yaml, or mend the suite";
    }

    private String condition() {
        if (cases.fell() + cases.rose() == 0) {
            return "without a change, ";
        }
        return "if as large a share moves again, " + (isByPairs() ? "" : "about ");
    }

    private boolean isByPairs() {
        return cases.areYesNo() && cases.arePairs();
    }

    private double pValue(int times) {
        return isByPairs()
                ? McNemar.exact(times * cases.fell(), times * cases.rose()).pValue()
                : approximate(times);
    }

    /**
     * The normal form of {@link CaseTest}: tonight's excess over what exchanging it with the approved runs would give, in standard
     * deviations; of right and wrong answers, the χ² of Mantel and Haenszel.
     */
    private double approximate(int times) {
        double excess = cases.all().stream().mapToDouble(CaseScore::excess).sum();
        double variance = cases.all().stream().mapToDouble(CaseScore::variance).sum();
        return new MeanEstimate(excess, Math.sqrt(variance / times), (double) times * cases.size())
                .test()
                .pValue();
    }
}
