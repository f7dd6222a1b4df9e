package dev.lockstep.simulation;

import dev.lockstep.gate.Shipped;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.Similarity;
import dev.lockstep.stats.TwoArmStatistic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What tests of sampled answers find when the temperature or the weights move. */
final class SamplePowerTable implements Simulation {
    private static final int NIGHTS = 400;
    private static final int UNCHANGED_NIGHTS = 2_000;
    private static final int TOKENS = 50;
    private static final int DRAWS = 999;

    /** The peer's permutations walk through all pairs, so that fewer must do; the level is a multiple of 1/100 all the same. */
    private static final int DRAWS_OF_PEER = 99;

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
            figures.addAll(setting.figures(power));
        }
        Table table = new Table(
                "Share of nights on which the test alarms.",
                List.of("change", "prompts × samples", "L3, all statistics", "L3 diversity", "L3 MMD", "MET"),
                rows);
        return new Chapter("What L3 finds", text(effort), List.of(table), figures);
    }

    private static String text(Effort effort) {
        return "Answers of 50 tokens at temperature .7; both arms of the same size, α = .05, "
                + effort.scaled(UNCHANGED_NIGHTS)
                + " nights of the first row and " + effort.scaled(NIGHTS)
                + " of the others. L3 is the gate's test where answers repeat: six statistics permuted together within prompts,"
                + " adjusted as Westfall and Young do it (B = 999); two of them also alone. MET pools all prompts (B = 99).";
    }

    private record Setting(String change, double temperature, boolean rounded, int samples) {
        private static final double TARGET_OF_LARGE_SHIFT = 0.95;
        private static final double TARGET_OF_SMALL_SHIFT = 0.8;
        private static final int MANY = 20;

        private int nights() {
            return temperature == TEMPERATURE && !rounded ? UNCHANGED_NIGHTS : NIGHTS;
        }

        SampleSize size() {
            return new SampleSize(25, samples, TOKENS);
        }

        List<Proportion> power(Effort effort) {
            Sampler before = new Sampler(Toy.MODEL, TEMPERATURE);
            List<ToyModel> served = rounded ? Toy.ROUNDED.get(3).models() : List.of(Toy.MODEL);
            List<Sampler> after = served.stream()
                    .map(model -> new Sampler(model, temperature))
                    .toList();
            return Power.of(effort.replicates("L3 power " + this, nights())
                    .map(random -> night(before, after.get(random.nextInt(after.size())), random)));
        }

        private boolean[] night(Sampler before, Sampler after, SplittableRandom random) {
            int first = random.nextInt(PROMPTS);
            int[][][] baseline = before.answers(first, size(), 0, random);
            int[][][] tonight = after.answers(first, size(), 0, random);
            SampleKernel kernel = SampleKernel.of(baseline, tonight, Similarity.hamming());
            Permutations peer = new Permutations(random.nextLong(), DRAWS_OF_PEER);
            Permutations ours = new Permutations(random.nextLong(), DRAWS);
            return new boolean[] {
                Shipped.samplesByPermutation(Collections.singletonList(baseline), tonight, ours) <= ALPHA,
                alarms(kernel.diversity(), random),
                alarms(kernel.discrepancyWithSelfPairs(), random),
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

        List<Figure> figures(List<Proportion> power) {
            String after = ", " + change + ", " + size();
            if (temperature == 1) {
                return List.of(
                        Figure.atLeast("power of L3" + after, power.getFirst().rate(), TARGET_OF_LARGE_SHIFT),
                        Figure.atLeast(
                                "power of L3 diversity" + after, power.get(1).rate(), TARGET_OF_LARGE_SHIFT));
            }
            return temperature > TEMPERATURE && samples == MANY
                    ? List.of(Figure.atLeast(
                            "power of L3 diversity" + after, power.get(1).rate(), TARGET_OF_SMALL_SHIFT))
                    : List.of();
        }
    }
}
