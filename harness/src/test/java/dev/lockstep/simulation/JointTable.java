package dev.lockstep.simulation;

import dev.lockstep.simulation.DecisionRule.Outcome;
import dev.lockstep.simulation.SurrogateFamily.Confirmation;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** How often the whole decision says DRIFT, PASS or neither on unchanged nights. */
final class JointTable implements Simulation {
    private static final int BASELINES = 200;
    private static final int NIGHTS_EACH = 100;
    private static final int RUNS = 10;
    private static final SampleSize ANSWERS = new SampleSize(8, 10, 20);
    private static final ScoreModel SCORES = new ScoreModel(500, .7, .02, 1);
    private static final double MARGIN = 0.02;
    private static final double MOST_DRIFT = 0.003;
    private static final double LEAST_PASS = 0.95;

    private final Sampler sampler = new Sampler(Toy.MODEL, 1);

    /** What one night ended with, and whether its scores are shown to be not worse. */
    private record Night(Outcome outcome, boolean notWorse) {
        boolean drifts() {
            return outcome == Outcome.DRIFT;
        }

        boolean passes() {
            return !drifts() && notWorse;
        }
    }

    @Override
    public Chapter run(Effort effort) {
        int each = effort.scaled(NIGHTS_EACH);
        List<Night> nights = effort.replicates("joint", BASELINES).map(random -> nights(each, random)).stream()
                .flatMap(List::stream)
                .toList();
        Proportion drift = share(nights, Night::drifts);
        List<Figure> figures = List.of(
                Figure.atMost(
                        "joint false DRIFT, upper bound", Numbers.wilson(drift).high(), MOST_DRIFT),
                Figure.atLeast(
                        "P(PASS | unchanged)", share(nights, Night::passes).rate(), LEAST_PASS));
        return new Chapter(
                "The whole decision on unchanged nights", text(effort), List.of(table(nights, drift)), figures);
    }

    private static Table table(List<Night> nights, Proportion drift) {
        List<String> row = List.of(
                Numbers.rate(share(nights, night -> night.outcome != Outcome.QUIET)),
                Numbers.fineRate(drift),
                Numbers.rate(share(nights, Night::passes)),
                Numbers.rate(share(nights, night -> !night.drifts() && !night.passes())));
        return new Table(
                nights.size() + " unchanged nights, each share with Wilson's 95 % interval.",
                List.of("screen fired", "DRIFT", "PASS", "INCONCLUSIVE"),
                List.of(row));
    }

    private static String text(Effort effort) {
        return "The nightly profile: " + RUNS
                + " baseline runs, screen by weighted Holm (α .05; L1 .25, L2 .25, L3 .20, L4 .30),"
                + " confirmation of what fired by fresh runs of twice the size against the same baseline (α .02), then"
                + " non-inferiority of the pooled score at a margin of 2 points. " + effort.scaled(BASELINES)
                + " baselines with "
                + effort.scaled(NIGHTS_EACH)
                + " nights each. L1 and L2 are run-level t tests of drawn lognormal distances; L3 is real"
                + " (discrepancy and diversity of " + ANSWERS
                + " answers, B = 999), and so is L4 (500 cases, discordance .02,"
                + " exact CMH).";
    }

    private List<Night> nights(int count, SplittableRandom random) {
        SurrogateFamily fingerprint = new SurrogateFamily(RUNS, 1, random);
        SurrogateFamily logprobs = new SurrogateFamily(RUNS, 1, random);
        SampleFamily samples = new SampleFamily(sampler, ANSWERS, RUNS, random);
        ScoreModel.Suite suite = SCORES.suite(random);
        ScoreBaseline scores = new ScoreBaseline(suite, RUNS, random);
        List<Night> nights = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] tonight = suite.run(random);
            Outcome outcome = DecisionRule.SHIPPED.judge(
                    List.of(
                            fingerprint.night(Confirmation.FRESH_EPOCH, random),
                            logprobs.night(Confirmation.FRESH_EPOCH, random),
                            samples,
                            new ScoreFamily(scores, suite, tonight)),
                    random);
            nights.add(new Night(outcome, scores.isNotWorse(tonight, MARGIN)));
        }
        return nights;
    }

    private static Proportion share(List<Night> nights, Predicate<Night> property) {
        return new Proportion((int) nights.stream().filter(property).count(), nights.size());
    }
}
