package dev.lockstep.simulation;

import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** How often rules on scores alarm, beside the figures that were published for them. */
final class PeerScoreTable implements Simulation {
    private static final int NIGHTS = 20_000;
    private static final double ALPHA = 0.05;
    private static final double ACCURACY = 0.7;

    /** How far the farthest of 24 rates may lie from a published one, in standard errors of their difference. */
    private static final double MOST_ERRORS = 3.5;

    /** Published rates have three decimals. */
    private static final double ROUNDING = 0.0005;

    private static final String CAPTION = "Share of nights on which the rule alarms.";
    private static final List<String> COLUMNS =
            List.of("cases", "discordance", "true loss", "unpaired z (lm-eval)", "exact McNemar", "mid-p", "2 points");

    private static final List<Setting> SETTINGS = List.of(
            new Setting(200, .1, 0, List.of(.000, .028, .044, .407)),
            new Setting(200, .05, 0, List.of(.000, .022, .040, .240)),
            new Setting(500, .1, 0, List.of(.000, .036, .047, .166)),
            new Setting(500, .1, .05, List.of(.284, .940, .955, .985)),
            new Setting(1_000, .1, .03, List.of(.141, .834, .856, .841)),
            new Setting(1_000, .05, .02, List.of(.002, .783, .819, .501)));

    private static final List<Predicate<PairedCounts>> RULES = List.of(
            scores -> UnpairedZRule.alarms(scores, ALPHA),
            scores -> McNemar.exact(scores.losses(), scores.gains()).pValue() <= ALPHA,
            scores -> McNemar.midP(scores.losses(), scores.gains()).pValue() <= ALPHA,
            TwoPointRule::alarms);

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        double farthest = 0;
        for (Setting setting : SETTINGS) {
            List<Proportion> rates = setting.rates(effort);
            rows.add(setting.row(rates));
            farthest = Math.max(farthest, setting.farthest(rates));
        }
        Figure figure =
                Figure.atMost("peers' rates, farthest from published, in standard errors", farthest, MOST_ERRORS);
        return new Chapter(
                "Rules on scores", text(effort, farthest), List.of(new Table(CAPTION, COLUMNS, rows)), List.of(figure));
    }

    private static String text(Effort effort, double farthest) {
        return "Two runs of the same cases, accuracy .7, " + effort.scaled(NIGHTS)
                + " nights a row, α = .05. Each cell: simulated here / published. The farthest pair lies "
                + Numbers.two(farthest) + " standard errors of their difference apart.";
    }

    private record Setting(int cases, double discordance, double loss, List<Double> published) {

        List<Proportion> rates(Effort effort) {
            List<PairedCounts> nights = effort.replicates("peers " + cases + " " + discordance + " " + loss, NIGHTS)
                    .map(this::night);
            return RULES.stream()
                    .map(rule ->
                            new Proportion((int) nights.stream().filter(rule).count(), nights.size()))
                    .toList();
        }

        private PairedCounts night(RandomGenerator random) {
            ScoreModel.Suite suite = new ScoreModel(cases, ACCURACY, discordance, 1).suite(random);
            return Scores.paired(suite.run(random), suite.run(1, -loss, random));
        }

        List<String> row(List<Proportion> rates) {
            List<String> row = new ArrayList<>(List.of("" + cases, Numbers.plain(discordance), Numbers.plain(loss)));
            for (int i = 0; i < rates.size(); i++) {
                row.add(Numbers.three(rates.get(i).rate()) + " / " + Numbers.three(published.get(i)));
            }
            return row;
        }

        double farthest(List<Proportion> rates) {
            double farthest = 0;
            for (int i = 0; i < rates.size(); i++) {
                farthest = Math.max(farthest, errors(rates.get(i), published.get(i)));
            }
            return farthest;
        }

        private static double errors(Proportion rate, double published) {
            double apart = Math.max(0, Math.abs(rate.rate() - published) - ROUNDING);
            double pooled = (rate.rate() + published) / 2;
            double variance = pooled * (1 - pooled) * (1.0 / rate.trials() + 1.0 / NIGHTS);
            return apart == 0 ? 0 : apart / Math.sqrt(variance);
        }
    }
}
