package dev.lockstep.gate;

import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.MeanSimilarity;
import dev.lockstep.stats.PermutationResult;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.RunLevelT;
import dev.lockstep.stats.RunMeanT;
import dev.lockstep.stats.SampleKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tests sampled answers by holding each statistic of the run against those of the approved runs: the run is the unit, for its
 * samples share its noise.
 *
 * <p>The smallest p-value counts as often as there are statistics.
 */
final class SampleRuns {
    private static final int DRAWS = 199;

    private final List<SampleArm> runs;
    private final SampleArm pooled;
    private final long seed;
    private final double[] distances;
    private final List<Figure> figures = new ArrayList<>();

    /** Measures the approved runs, at least two. */
    SampleRuns(List<SampleArm> runs, long seed) {
        this.runs = List.copyOf(runs);
        this.pooled = SampleArm.pooled(runs);
        this.seed = seed;
        this.distances = IntStream.range(0, runs.size())
                .mapToDouble(run -> ratio(runs.get(run), pooledWithout(run)))
                .toArray();
        figures.add(new Figure(
                SampleTest.SIMILARITY, arm -> MeanSimilarity.of(arm.tokens(), SampleTests.SIMILARITY), runs));
        for (SampleMetric metric : SampleMetric.values()) {
            figures.add(new Figure(metric.words(), arm -> arm.mean(metric), runs));
        }
    }

    /** Tests all statistics of a run against those of the approved runs, at least two. */
    static SampleTests of(SampleArms arms, long seed) {
        return new SampleRuns(arms.runs(), seed).tests(arms.tonight());
    }

    /** Tests all statistics of a run. */
    SampleTests tests(SampleArm tonight) {
        List<SampleTest> each = new ArrayList<>();
        each.add(distance(tonight));
        figures.forEach(figure -> each.add(figure.test(tonight)));
        double least = each.stream().mapToDouble(SampleTest::pValue).min().orElse(1);
        return new SampleTests(DriftRule.Basis.RUNS, Math.min(1, least * each.size()), each);
    }

    /** One number of a run, and what it is in each approved run. */
    private static final class Figure {
        private final String name;
        private final ToDoubleFunction<SampleArm> of;
        private final double[] unchanged;

        private Figure(String name, ToDoubleFunction<SampleArm> of, List<SampleArm> runs) {
            this.name = name;
            this.of = of;
            this.unchanged = runs.stream().mapToDouble(of).toArray();
        }

        /** Runs are taken to vary by one sample at least, for what did not vary in ten runs may in the eleventh. */
        SampleTest test(SampleArm tonight) {
            double now = of.applyAsDouble(tonight);
            double least = 1.0 / Math.max(1, tonight.size());
            MeanEstimate change = RunMeanT.change(unchanged, now, least);
            return new SampleTest(
                    name,
                    change.test().pValue(),
                    now,
                    now - change.mean(),
                    change.standardError(),
                    change.degreesOfFreedom());
        }
    }

    private SampleArm pooledWithout(int left) {
        return SampleArm.pooled(IntStream.range(0, runs.size())
                .filter(run -> run != left)
                .mapToObj(runs::get)
                .toList());
    }

    /** Where the approved runs do not vary nothing tells how far is far; what changed shows in the other statistics. */
    private SampleTest distance(SampleArm tonight) {
        double now = ratio(tonight, pooled);
        double then = Arrays.stream(distances).average().orElse(1);
        boolean vary = Arrays.stream(distances).distinct().count() > 1;
        return SampleTest.distance(vary ? RunLevelT.upperTail(distances, now) : 1, now, then);
    }

    /** Divides the discrepancy by its mean under permutations, so that arms of other sizes compare. */
    private double ratio(SampleArm one, SampleArm others) {
        SampleKernel kernel = SampleKernel.of(one.tokens(), others.tokens(), SampleTests.SIMILARITY);
        PermutationResult result = new Permutations(seed, DRAWS).test(kernel.discrepancyWithSelfPairs());
        return result.expected() == 0 ? 1 : result.test().statistic() / result.expected();
    }
}
