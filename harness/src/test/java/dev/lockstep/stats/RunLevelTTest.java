package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunLevelTTest {
    private static final double[] PUBLISHED_NIGHTS = {
        1.51, 1.21, 1.45, 1.72, 1.64, 3.05, 1.05, .75, 1.14, .96, .92, .81, 1.15, 1.38, .79
    };

    @Test
    void lets_a_night_like_the_others_pass() {
        assertThat(RunLevelT.upperTail(PUBLISHED_NIGHTS, 1.2)).isBetween(.4, .6);
    }

    @Test
    void finds_a_night_far_outside() {
        assertThat(RunLevelT.upperTail(PUBLISHED_NIGHTS, 30)).isLessThan(1e-5);
    }

    @Test
    void agrees_with_the_t_distribution_by_hand() {
        // ln: 0, 1, 2 → mean 1, s 1; tonight e³: (3 − 1) / √(4/3) = √3, and P(T₂ > √3) = ½ − √3 / (2·√5)
        double[] unchanged = {1, Math.E, Math.E * Math.E};

        assertThat(RunLevelT.upperTail(unchanged, Math.exp(3)))
                .isCloseTo(.5 - Math.sqrt(3) / (2 * Math.sqrt(5)), within(1e-12));
    }

    @Test
    void tells_how_far_a_run_lies_from_the_others_with_the_error_of_predicting_it() {
        // mean 2.5, s √(5/3), R 4
        MeanEstimate change = RunLevelT.change(new double[] {1, 2, 3, 4}, 5);

        assertThat(change.mean()).isEqualTo(2.5);
        assertThat(change.standardError()).isCloseTo(Math.sqrt(5 / 3.0 * (1 + 1 / 4.0)), within(1e-12));
        assertThat(change.degreesOfFreedom()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunLevelT.change(new double[] {1}, 1))
                .withMessage("needs at least two calibration runs, has 1");
    }

    @Test
    void adds_the_quantiles_of_level_and_power() {
        // two degrees of freedom: t(p) = (2p − 1) / √(2p(1 − p))
        assertThat(RunLevelT.quantiles(.05, 2)).isCloseTo(.9 / Math.sqrt(.095) + .6 / Math.sqrt(.32), within(1e-9));
        assertThatIllegalArgumentException().isThrownBy(() -> RunLevelT.quantiles(0, 2));
    }

    @Test
    void sees_the_detectable_distance_four_times_out_of_five() {
        // ln: 0, 1, 2 → mean 1, s 1
        double[] unchanged = {1, Math.E, Math.E * Math.E};

        assertThat(Math.log(RunLevelT.detectable(unchanged, .05)))
                .isCloseTo(1 + RunLevelT.quantiles(.05, 2) * Math.sqrt(4 / 3.0), within(1e-9));
        assertThat(RunLevelT.upperTail(unchanged, RunLevelT.detectable(unchanged, .05)))
                .isLessThan(.05);
    }

    @Test
    void is_certain_when_unchanged_runs_do_not_vary() {
        double[] unchanged = {2, 2, 2};

        assertThat(RunLevelT.upperTail(unchanged, 2)).isEqualTo(1);
        assertThat(RunLevelT.upperTail(unchanged, 2.1)).isZero();
        assertThat(RunLevelT.upperTail(new double[] {0, 0}, 0)).isEqualTo(1);
    }

    @Test
    void keeps_its_level_on_unchanged_runs() {
        long seed = 20_260_201;
        SplittableRandom random = new SplittableRandom(seed);
        int rejected = 0;
        int nights = 4_000;
        for (int night = 0; night < nights; night++) {
            double[] unchanged = random.doubles(7).map(RunLevelTTest::lognormal).toArray();
            if (RunLevelT.upperTail(unchanged, lognormal(random.nextDouble())) <= .05) {
                rejected++;
            }
        }
        // standard error of a rate of .05 over 4,000 nights: .0034
        assertThat(rejected / (double) nights).as("seed %d", seed).isCloseTo(.05, within(.0105));
    }

    @Test
    void ranks_the_new_run_among_the_unchanged_ones() {
        assertThat(RunLevelT.rank(PUBLISHED_NIGHTS, 30)).isEqualTo(1 / 16.0);
        assertThat(RunLevelT.rank(PUBLISHED_NIGHTS, 1.72)).isEqualTo(3 / 16.0);
        assertThat(RunLevelT.rank(PUBLISHED_NIGHTS, 0)).isEqualTo(1);
        assertThat(RunLevelT.rank(new double[0], 5)).isEqualTo(1);
    }

    @Test
    void exceeds_its_level_when_few_runs_have_heavy_tails() {
        long seed = 20_261_131;
        SplittableRandom random = new SplittableRandom(seed);
        int nights = 20_000;
        int seven = 0;
        int ranked = 0;
        for (int night = 0; night < nights; night++) {
            double[] unchanged =
                    random.doubles(7).map(RunLevelTTest::heavyTailed).toArray();
            double tonight = heavyTailed(random.nextDouble());
            seven += RunLevelT.upperTail(unchanged, tonight) <= .005 ? 1 : 0;
            ranked += RunLevelT.rank(unchanged, tonight) <= .125 ? 1 : 0;
        }
        assertThat(seven / (double) nights).as("seed %d", seed).isGreaterThan(.0075);
        // The rank keeps its level under any distribution: standard error .0023.
        assertThat(ranked / (double) nights).as("seed %d", seed).isCloseTo(.125, within(.008));
    }

    @Test
    void needs_two_runs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunLevelT.upperTail(new double[] {1}, 1))
                .withMessage("needs at least two calibration runs, has 1");
    }

    /** The logarithm has the t distribution with two degrees of freedom, whose quantiles have this closed form. */
    private static double heavyTailed(double uniform) {
        return Math.exp((2 * uniform - 1) / Math.sqrt(2 * uniform * (1 - uniform)));
    }

    private static double lognormal(double uniform) {
        return Math.exp(org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
                .inverseCumulativeProbability(uniform));
    }
}
