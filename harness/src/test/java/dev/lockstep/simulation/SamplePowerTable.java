package dev.lockstep.simulation;

import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.Similarity;
import dev.lockstep.stats.TwoArmStatistic;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What tests of sampled answers find when the temperature or the weights move. */
final class SamplePowerTable implements Simulation {
    private static final int NIGHTS = 400;
    private static final int TOKENS = 50;
    private static final int DRAWS = 999;

    /** The peer's permutations walk through all pairs, so that fewer must do; the level is a multiple of 1/200 all the same. */
    private static final int DRAWS_OF_PEER = 199;

    private static final double ALPHA = 0.05;
    private static final double TEMPERATURE = 0.7;
    private static final int PROMPTS = 1 << 24;

    private static final List<Setting> SETTINGS = List.of(
            new Setting("nothing", TEMPERATURE, false, 10),
            new Setting("T .7 → 1.0", 1.0, false, 10),
            new Setting("T .7 → .8", 0.8, false, 10),
            new Setting("T .7 → .8", 0.8, false, 20),
            new Setting("KL .03", TEMPERATURE, true, 10));

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            List<Proportion> power = setting.power(effort);
            rows.add(Stream.concat(Stream.of(setting.change, setting.size().toString()), Power.cells(power).stream())
                    .toList());
            figures.addAll(setting.figures(power.getFirst()));
        }
        Table table = new Table(
                "Share of nights on which the test alarms.",
                List.of("change", "prompts × samples", "L3 diversity", "L3 MMD", "MET"),
                rows);
        return new Chapter("What L3 finds", text(effort), List.of(table), figures);
    }

    private static String text(Effort effort) {
        return "Answers of 50 tokens at temperature .7; both arms of the same size, α = .05, " + effort.scaled(NIGHTS)
                + " nights a row. Diversity and MMD are permuted within prompts (B = 999); MET pools all prompts (B = 199).";
    }

    private record Setting(String change, double temperature, boolean rounded, int samples) {
        private static final double TARGET_OF_LARGE_SHIFT = 0.95;
        private static final double TARGET_OF_SMALL_SHIFT = 0.8;
        private static final int MANY = 20;

        SampleSize size() {
            return new SampleSize(25, samples, TOKENS);
        }

        List<Proportion> power(Effort effort) {
            Sampler before = new Sampler(Toy.MODEL, TEMPERATURE);
            List<ToyModel> served = rounded ? Toy.ROUNDED.getLast().models() : List.of(Toy.MODEL);
            List<Sampler> after = served.stream()
                    .map(model -> new Sampler(model, temperature))
                    .toList();
            return Power.of(effort.replicates("L3 power " + this, NIGHTS)
                    .map(random -> night(before, after.get(random.nextInt(after.size())), random)));
        }

        private boolean[] night(Sampler before, Sampler after, SplittableRandom random) {
            int first = random.nextInt(PROMPTS);
            int[][][] baseline = before.answers(first, size(), 0, random);
            int[][][] tonight = after.answers(first, size(), 0, random);
            SampleKernel kernel = SampleKernel.of(baseline, tonight, Similarity.hamming());
            Permutations peer = new Permutations(random.nextLong(), DRAWS_OF_PEER);
            return new boolean[] {
                alarms(kernel.diversity(), random),
                alarms(kernel.discrepancy(), random),
                ModelEqualityRule.alarms(baseline, tonight, peer, ALPHA)
            };
        }

        private static boolean alarms(TwoArmStatistic statistic, SplittableRandom random) {
            return new Permutations(random.nextLong(), DRAWS)
                            .test(statistic)
                            .test()
                            .pValue()
                    <= ALPHA;
        }

        List<Figure> figures(Proportion diversity) {
            String name = "power of L3 diversity, " + change + ", " + size();
            if (temperature == 1) {
                return List.of(Figure.atLeast(name, diversity.rate(), TARGET_OF_LARGE_SHIFT));
            }
            return temperature > TEMPERATURE && samples == MANY
                    ? List.of(Figure.atLeast(name, diversity.rate(), TARGET_OF_SMALL_SHIFT))
                    : List.of();
        }
    }
}
