package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule.Outcome;
import dev.lockstep.simulation.SurrogateFamily.Confirmation;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** What a confirmation is worth: against a baseline that both looks share, and in an epoch that both share. */
final class RetryTable implements Simulation {
    private static final int NIGHTS = 400_000;
    private static final int BASELINES = 5_000;
    private static final int NIGHTS_EACH = 20;
    private static final int[] SIZES = {1, 5, 10};
    private static final double[] PUBLISHED = {.0048, .0014, .0011};
    private static final double[] EFFECTS = {1, 1.5, 3};
    private static final int RUNS = 10;
    private static final double MOST_ERRORS = 3.5;
    private static final double ROUNDING = 0.00005;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            Proportion same = joint(effort, SIZES[i], 1);
            Proportion twice = joint(effort, SIZES[i], 2);
            rows.add(List.of(
                    SIZES[i] + " ×",
                    Numbers.four(same.rate()) + " / " + Numbers.four(PUBLISHED[i]),
                    Numbers.four(twice.rate())));
            figures.add(figure(SIZES[i], same, PUBLISHED[i]));
        }
        return new Chapter(
                "What a confirmation is worth", text(effort), List.of(baselines(rows), epochs(effort)), figures);
    }

    private static Table baselines(List<List<String>> rows) {
        return new Table(
                "Screen at .05 and confirmation at .02, two-sided, of one normal mean: share of unchanged nights on which both alarm"
                        + " (simulated / published). Were the looks independent, it were .0010.",
                List.of("baseline, in nights", "confirmation of the same size", "of twice the size"),
                rows);
    }

    private static String text(Effort effort) {
        return "A confirmation is less than a second opinion when something is shared: the error of the baseline ("
                + effort.scaled(NIGHTS) + " nights a cell), or the noise of the epoch (" + effort.scaled(BASELINES)
                + " baselines, " + NIGHTS_EACH + " nights each).";
    }

    private static Proportion joint(Effort effort, int size, int work) {
        return effort.replicates("retry " + size + work, NIGHTS).share(random -> isConfirmed(size, work, random));
    }

    private static boolean isConfirmed(int size, int work, SplittableRandom random) {
        double baseline = random.nextGaussian() / Math.sqrt(size);
        double again = 1.0 / work;
        return alarms(random.nextGaussian() - baseline, 1 + 1.0 / size, DecisionRule.SCREEN)
                && alarms(
                        Math.sqrt(again) * random.nextGaussian() - baseline, again + 1.0 / size, DecisionRule.CONFIRM);
    }

    private static boolean alarms(double difference, double variance, double alpha) {
        return 2 * NORMAL.survivalProbability(Math.abs(difference) / Math.sqrt(variance)) <= alpha;
    }

    private static Figure figure(int size, Proportion joint, double published) {
        double apart = Math.max(0, Math.abs(joint.rate() - published) - ROUNDING);
        double errors = apart / Numbers.standardError(published, joint.trials());
        return Figure.atMost(
                "shared baseline of " + size + " nights, rate from published, in standard errors", errors, MOST_ERRORS);
    }

    private static Table epochs(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        for (double phi : EFFECTS) {
            List<DecisionRule.Night> shipped = nights(effort, phi, Confirmation.SHIPPED);
            rows.add(List.of(
                    Numbers.plain(phi),
                    drift(nights(effort, phi, Confirmation.FRESH_EPOCH), DecisionRule.Night::alone),
                    drift(nights(effort, phi, Confirmation.SAME_EPOCH), DecisionRule.Night::alone),
                    drift(shipped, DecisionRule.Night::elsewhere),
                    drift(shipped, DecisionRule.Night::alone)));
        }
        return new Table(
                "Four families by the run-level t over 10 runs, weighted Holm: share of unchanged nights that end as DRIFT, with"
                        + " Wilson's 95 % interval. The first two rules are not shipped: one confirmation of twice the work decides,"
                        + " in a fresh epoch or in that of the night. As shipped, the same epoch is asked twice and another once, and both"
                        + " must confirm; where no other can be had, what the same epoch confirms is DRIFT when the screen had p ≤ "
                        + Numbers.plain(DecisionRule.ALONE)
                        + " (at a weight of .25) by itself: as rare as a screen and a confirmation that share nothing.",
                List.of(
                        "φ",
                        "confirmed in a fresh epoch",
                        "in the same epoch",
                        "in both, as shipped",
                        "as shipped, where no other epoch can be had"),
                rows);
    }

    private static String drift(List<DecisionRule.Night> nights, Function<DecisionRule.Night, Outcome> by) {
        long drifts = nights.stream()
                .filter(night -> by.apply(night) == Outcome.CHANGED)
                .count();
        return Numbers.fineRate(new Proportion((int) drifts, nights.size()));
    }

    private static List<DecisionRule.Night> nights(Effort effort, double phi, Confirmation confirmation) {
        return effort
                .replicates("epochs " + phi + confirmation, BASELINES)
                .map(random -> nights(phi, confirmation, random))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<DecisionRule.Night> nights(double phi, Confirmation confirmation, SplittableRandom random) {
        List<SurrogateFamily> families = Stream.of("L1", "L2", "L3", "L4")
                .map(detector -> new SurrogateFamily(detector, RUNS, phi, random))
                .toList();
        return IntStream.range(0, NIGHTS_EACH)
                .mapToObj(night -> DecisionRule.judge(
                        families.stream()
                                .map(family -> family.night(confirmation, random))
                                .toList(),
                        random))
                .toList();
    }
}
