package dev.lockstep.simulation;

import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How often an unchanged score is shown to be not worse, and one that fell by the margin is called so by mistake. */
final class PassTable implements Simulation {
    private static final int NIGHTS = 4_000;
    private static final double MARGIN = 0.02;
    private static final double ALPHA = NonInferiority.LEVEL;
    private static final double ACCURACY = 0.7;
    private static final int[] CASES = {60, 300, 500, 1_000};
    private static final double[] DISCORDANCES = {.02, .05, .1, .2};
    private static final int[] RUNS = {7, 10};
    private static final double REACHED = 0.95;

    @Override
    public Chapter run(Effort effort) {
        List<Proportion> mistakes = new ArrayList<>();
        List<Table> tables = List.of(unchanged(effort), lost(effort, mistakes));
        return new Chapter("P(PASS | unchanged)", text(effort), tables, List.of(most(mistakes)));
    }

    private static String text(Effort effort) {
        return "Non-inferiority of the pooled score, margin 2 points, one-sided α = .05, accuracy .7, "
                + effort.scaled(NIGHTS)
                + " nights a cell; bold where it reaches .95. As the gate has it on a noisy stack: by the t of its mean score against those of"
                + " the baseline's runs, which are taken to vary by one case at least. Fewer than 7 noisy runs decide nothing.";
    }

    private static Table unchanged(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        for (int cases : CASES) {
            for (double discordance : DISCORDANCES) {
                ScoreModel model = new ScoreModel(cases, ACCURACY, discordance, 1);
                rows.add(row(effort, model));
            }
        }
        return new Table(
                "Share of unchanged nights that are shown to be not worse.",
                List.of("cases", "discordance", "7 runs", "10 runs"),
                rows);
    }

    private static List<String> row(Effort effort, ScoreModel model) {
        List<String> row = new ArrayList<>(List.of("" + model.cases(), Numbers.plain(model.discordance())));
        for (int runs : RUNS) {
            double rate = passes(effort, model, runs, Loss.NONE).rate();
            row.add(rate >= REACHED ? "**" + Numbers.three(rate) + "**" : Numbers.three(rate));
        }
        return row;
    }

    private static Table lost(Effort effort, List<Proportion> mistakes) {
        List<List<String>> rows = new ArrayList<>();
        for (double discordance : DISCORDANCES) {
            ScoreModel model = new ScoreModel(500, ACCURACY, discordance, 1);
            for (Loss loss : List.of(Loss.SPREAD, Loss.SOLID, Loss.CHANCE)) {
                List<Proportion> passes = IntStream.of(RUNS)
                        .mapToObj(runs -> passes(effort, model, runs, loss))
                        .toList();
                if (loss != Loss.CHANCE) {
                    mistakes.addAll(passes);
                }
                rows.add(Stream.concat(
                                Stream.of(Numbers.plain(discordance), loss.words),
                                passes.stream().map(Numbers::rate))
                        .toList());
            }
        }
        return new Table(
                "The same after a true loss of 2 points, 500 cases: calling it \"not worse\" is a mistake. In the first two rows of each"
                        + " discordance these cases lost exactly 2 points. In the third they lost 2 points on average, as if they had"
                        + " been drawn from many: a test of run means speaks of these cases alone, and does not know of others.",
                List.of("discordance", "what was lost", "7 runs", "10 runs"),
                rows);
    }

    /** The largest of many rates may lie three standard errors above the level. */
    private static Figure most(List<Proportion> mistakes) {
        double most = mistakes.stream().mapToDouble(Proportion::rate).max().orElseThrow();
        int trials = mistakes.getFirst().trials();
        return Figure.atMost(
                "wrong \"not worse\" at a loss of the margin, most frequent of " + mistakes.size(),
                most,
                ALPHA + 3 * Numbers.standardError(ALPHA, trials));
    }

    /** How a score falls by the margin. */
    private enum Loss {
        NONE("nothing"),
        SPREAD("unstable cases pass less often"),
        SOLID("passing cases, for good"),
        /** The loss of these cases is more or less than the margin: it is the margin for all cases that they may stand for. */
        CHANCE("each passing case with the same chance");

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        int[] tonight(ScoreModel.Suite suite, ScoreModel model, SplittableRandom random) {
            return switch (this) {
                case NONE -> suite.run(random);
                case SPREAD -> spread(suite, model, random);
                case SOLID -> suite.losing(cases(model, MARGIN), random).run(random);
                case CHANCE ->
                    suite.losing(MARGIN / (ACCURACY - model.discordance()), random)
                            .run(random);
            };
        }

        /** What the unstable cases cannot lose, passing ones do. */
        private static int[] spread(ScoreModel.Suite suite, ScoreModel model, SplittableRandom random) {
            double unstable = suite.unstable();
            double lost = Math.min(MARGIN, unstable / 2);
            double change = unstable == 0 ? 0 : -lost * 2 * model.discordance() / unstable;
            return suite.losing(cases(model, MARGIN - lost), random).run(1, change, random);
        }

        private static int cases(ScoreModel model, double share) {
            return (int) Math.round(share * model.cases());
        }
    }

    private static Proportion passes(Effort effort, ScoreModel model, int runs, Loss loss) {
        return effort.replicates("pass " + model + runs + loss, NIGHTS).share(random -> {
            ScoreModel.Suite suite = model.suite(random);
            ScoreBaseline baseline = new ScoreBaseline(suite, runs, random);
            return baseline.isNotWorse(loss.tonight(suite, model, random), MARGIN);
        });
    }
}
