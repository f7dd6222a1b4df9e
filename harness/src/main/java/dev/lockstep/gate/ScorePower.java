package dev.lockstep.gate;

import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.PassProbability;
import dev.lockstep.stats.RunLevelT;

/** What the test of one tier's scores can see, and how surely it calls unchanged scores "the same". */
sealed interface ScorePower {

    /** Returns what decides. */
    String basis();

    /** Returns the smallest loss of mean score that is found with this probability; above 1 when none is. */
    double smallest(double power);

    /** Returns the probability that unchanged scores are shown not to have fallen by the margin. */
    double pass(double margin);

    /** Returns how many cases find a loss with this probability, rounded up. */
    int needed(Goal goal);

    /** Scores that repeat by proof: a change is found when it moves one of the cases, each moving with the chance of the loss. */
    record Repeating(int cases) implements ScorePower {
        @Override
        public String basis() {
            return DriftRule.Basis.EQUALITY.words();
        }

        @Override
        public double smallest(double power) {
            return 1 - Math.pow(1 - power, 1.0 / cases);
        }

        @Override
        public double pass(double margin) {
            return 1;
        }

        @Override
        public int needed(Goal goal) {
            return (int) Math.ceil(Math.log(1 - goal.power()) / Math.log(1 - goal.effect()));
        }
    }

    /**
     * Run means beside those of the approved runs.
     *
     * @param noise of a new run's mean
     * @param level two-sided
     */
    record ByRuns(int cases, MeanEstimate noise, double level) implements ScorePower {
        @Override
        public String basis() {
            return DriftRule.Basis.RUNS.words() + ", " + Math.round(noise.degreesOfFreedom() + 1) + " runs";
        }

        @Override
        public double smallest(double power) {
            return noise.standardError() * RunLevelT.quantiles(level / 2, noise.degreesOfFreedom(), power);
        }

        @Override
        public double pass(double margin) {
            return PassProbability.ofMean(noise.standardError(), noise.degreesOfFreedom(), margin);
        }

        /** The noise of a mean shrinks with the root of the cases, unless a whole start shares it. */
        @Override
        public int needed(Goal goal) {
            double times = smallest(goal.power()) / goal.effect();
            return (int) Math.min(Integer.MAX_VALUE, Math.ceil(cases * times * times));
        }
    }
}
