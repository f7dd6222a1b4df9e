package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule.Outcome;
import dev.lockstep.simulation.SurrogateFamily.Confirmation;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** How often the whole decision on a noisy stack says DRIFT, PASS or neither on unchanged nights. */
final class JointTable implements Simulation {
    private static final int BASELINES = 200;
    private static final int NIGHTS_EACH = 100;
    private static final int RUNS = 10;
    private static final double[] EFFECTS = {1, 1.5, 3};
    private static final SampleSize ANSWERS = new SampleSize(8, 5, 20);
    private static final int CASES = 500;
    private static final double DISCORDANCE = .02;
    private static final double MARGIN = 0.02;
    private static final double MOST_DRIFT = 0.003;
    private static final double LEAST_PASS = 0.95;

    private final Sampler sampler = new Sampler(Toy.MODEL, 1);

    /** What one night ended with, and whether its scores are shown to be not worse. */
    private record Night(DecisionRule.Night decided, boolean notWorse) {}

    /** Whether another server start could be asked. */
    private enum Start {
        ANOTHER("yes"),
        NONE("no");

        private final String words;

        Start(String words) {
            this.words = words;
        }

        boolean fires(Night night) {
            return of(night) != Outcome.NOT_FIRED;
        }

        boolean drifts(Night night) {
            return of(night) == Outcome.CHANGED;
        }

        boolean doubts(Night night) {
            return of(night) == Outcome.ONE_START;
        }

        boolean passes(Night night) {
            return night.notWorse && of(night).compareTo(Outcome.UNCONFIRMED) <= 0;
        }

        private Outcome of(Night night) {
            return switch (this) {
                case ANOTHER -> night.decided.elsewhere();
                case NONE -> night.decided.alone();
            };
        }
    }

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (double phi : EFFECTS) {
            List<Night> nights = nights(effort, phi);
            for (Start start : Start.values()) {
                rows.add(row(phi, start, nights));
                figures.addAll(figures(phi, start, nights));
            }
        }
        Table table = new Table(
                effort.scaled(BASELINES) * effort.scaled(NIGHTS_EACH)
                        + " unchanged nights of a noisy stack for each φ, each share with Wilson's 95 % interval.",
                List.of(
                        "φ",
                        "another start",
                        "screen fired",
                        "PASS",
                        "INCONCLUSIVE",
                        "of it by a start's own noise",
                        "DRIFT"),
                rows);
        return new Chapter("The whole decision on unchanged nights", text(effort), List.of(table), figures);
    }

    private static List<String> row(double phi, Start start, List<Night> nights) {
        return List.of(
                Numbers.plain(phi),
                start.words,
                Numbers.rate(share(nights, start::fires)),
                Numbers.rate(share(nights, start::passes)),
                Numbers.rate(share(nights, night -> !start.passes(night) && !start.drifts(night))),
                Numbers.rate(share(nights, start::doubts)),
                Numbers.fineRate(share(nights, start::drifts)));
    }

    private static List<Figure> figures(double phi, Start start, List<Night> nights) {
        String where = ", φ = " + Numbers.plain(phi) + ", another start: " + start.words;
        Proportion drift = share(nights, start::drifts);
        List<Figure> figures = new ArrayList<>(List.of(Figure.atMost(
                "joint false DRIFT, upper bound" + where, Numbers.wilson(drift).high(), MOST_DRIFT)));
        if (phi == 1) {
            double pass = share(nights, start::passes).rate();
            figures.add(Figure.atLeast("P(PASS | unchanged)" + where, pass, LEAST_PASS));
        }
        return figures;
    }

    private static String text(Effort effort) {
        return "The nightly profile on a noisy stack, by the gate's own rule: " + RUNS
                + " baseline runs, screen by weighted Holm (α .05; L1 .25, L2 .25, L3 .20, L4 .30), two fresh passes of what"
                + " fired in the same epoch (α .02), then another epoch where one may be had: one pass of prompts that repeat, two of L3's"
                + " samples. What one start shows by itself and another does not is INCONCLUSIVE; where no other may be had, so is"
                + " what was not as unlikely as two looks that share nothing. What is not drift must have a mean score that is shown not to"
                + " have fallen by 2 points (run-level t). " + effort.scaled(BASELINES) + " baselines with "
                + effort.scaled(NIGHTS_EACH)
                + " nights each. L1 and L2 are run-level t tests of drawn lognormal distances; L3 is the gate's test of all its"
                + " statistics on real answers of the toy model (" + ANSWERS
                + " answers, of which length and rates never move), L4 the gate's test of run means (" + CASES
                + " cases, discordance .02).";
    }

    private List<Night> nights(Effort effort, double phi) {
        double spread = EpochEffect.leanOfAnswers(phi, Toy.MODEL, 1, ANSWERS);
        int each = effort.scaled(NIGHTS_EACH);
        return effort
                .replicates("joint " + phi, BASELINES)
                .map(random -> new Stack(phi, spread, random).nights(each, random))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** One stack with its baseline. */
    private final class Stack {
        private final SurrogateFamily fingerprint;
        private final SurrogateFamily logprobs;
        private final SampleFamily samples;
        private final ScoreModel.Suite suite;
        private final ScoreBaseline scores;

        Stack(double phi, double spread, SplittableRandom random) {
            this.fingerprint = new SurrogateFamily("L1", RUNS, phi, random);
            this.logprobs = new SurrogateFamily("L2", RUNS, phi, random);
            this.samples = new SampleFamily(sampler, ANSWERS, RUNS, spread, random);
            this.suite = new ScoreModel(CASES, .7, DISCORDANCE, phi).suite(random);
            this.scores = new ScoreBaseline(suite, RUNS, random);
        }

        List<Night> nights(int count, SplittableRandom random) {
            return IntStream.range(0, count).mapToObj(night -> night(random)).toList();
        }

        private Night night(SplittableRandom random) {
            double epoch = suite.epoch(1, random);
            int[] tonight = suite.run(1, 0, epoch, random);
            DecisionRule.Night decided = DecisionRule.judge(
                    List.of(
                            fingerprint.night(Confirmation.SHIPPED, random),
                            logprobs.night(Confirmation.SHIPPED, random),
                            samples.night(random),
                            new ScoreFamily(scores, suite, epoch, tonight)),
                    random);
            return new Night(decided, scores.isNotWorse(tonight, MARGIN));
        }
    }

    private static Proportion share(List<Night> nights, Predicate<Night> property) {
        return new Proportion((int) nights.stream().filter(property).count(), nights.size());
    }
}
