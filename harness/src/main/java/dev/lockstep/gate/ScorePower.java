package dev.lockstep.gate;

import dev.lockstep.stats.McNemarPower;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.PairedDesign;
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
            return "equality";
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
            return "run-level t, " + Math.round(noise.degreesOfFreedom() + 1) + " runs";
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

    /**
     * Cases beside their scores in the approved runs, reckoned as right or wrong beside one of them; beside more runs the exact test
     * finds a loss sooner.
     *
     * @param discordance share of cases whose score flips by chance
     * @param level two-sided
     * @param basis the test that decides
     */
    record ByCases(int cases, double discordance, double level, String basis) implements ScorePower {
        private static final double PRECISION = 1e-4;

        @Override
        public double smallest(double power) {
            double low = 0;
            double high = 1 + PRECISION;
            while (high - low > PRECISION) {
                double middle = (low + high) / 2;
                boolean found =
                        middle <= 1 && McNemarPower.exact(cases, Math.max(discordance, middle), middle, level) >= power;
                low = found ? low : middle;
                high = found ? middle : high;
            }
            return high;
        }

        @Override
        public double pass(double margin) {
            return PassProbability.paired(cases, discordance, margin);
        }

        @Override
        public int needed(Goal goal) {
            double flips = Math.max(discordance, goal.effect());
            return PairedDesign.ofDiscordance(flips).items(goal.effect(), level, goal.power());
        }
    }
}
