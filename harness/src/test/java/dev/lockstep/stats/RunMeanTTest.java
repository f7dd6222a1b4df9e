package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunMeanTTest {

    @Test
    void agrees_with_the_t_distribution_by_hand() {
        // mean 1, s 1; (3 − 1) / √(4/3) = √3, and 2·P(T₂ > √3) = 1 − √3 / √5
        TestResult above = RunMeanT.test(new double[] {0, 1, 2}, 3);
        TestResult below = RunMeanT.test(new double[] {0, 1, 2}, -1);

        assertThat(above.statistic()).isCloseTo(Math.sqrt(3), within(1e-12));
        assertThat(above.pValue()).isCloseTo(1 - Math.sqrt(3) / Math.sqrt(5), within(1e-12));
        assertThat(below.statistic()).isCloseTo(-Math.sqrt(3), within(1e-12));
        assertThat(below.pValue()).isCloseTo(above.pValue(), within(1e-12));
    }

    @Test
    void is_certain_when_unchanged_runs_do_not_vary() {
        double[] unchanged = {.1, .1, .1};

        assertThat(RunMeanT.test(unchanged, .1)).isEqualTo(new TestResult(0, 1, Reason.IDENTICAL));
        assertThat(RunMeanT.test(unchanged, .2).pValue()).isZero();
        assertThat(RunMeanT.test(new double[] {0, 0}, 0).reason()).isEqualTo(Reason.IDENTICAL);
    }

    @Test
    void takes_runs_to_vary_by_the_least_deviation_that_is_given() {
        MeanEstimate still = RunMeanT.change(new double[] {1, 1, 1, 1}, 2, .5);
        MeanEstimate varying = RunMeanT.change(new double[] {0, 1, 2}, 3, .5);

        // s·√(1 + 1/R): .5·√1.25 in place of 0, and 1·√(4/3) as measured
        assertThat(still.mean()).isEqualTo(1);
        assertThat(still.standardError()).isCloseTo(.5 * Math.sqrt(1.25), within(1e-12));
        assertThat(still.degreesOfFreedom()).isEqualTo(3);
        assertThat(varying.standardError()).isCloseTo(Math.sqrt(4 / 3.0), within(1e-12));
        assertThat(RunMeanT.change(new double[] {1, 1, 1}, 1, .5).test().pValue())
                .isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> RunMeanT.change(new double[] {1, 2}, 1, -1));
    }

    @Test
    void says_nothing_with_fewer_than_two_runs() {
        assertThat(RunMeanT.test(new double[] {1}, 5)).isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
        assertThat(RunMeanT.test(new double[0], 5)).isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
    }

    @Test
    void keeps_its_level_on_unchanged_runs() {
        long seed = 20_261_122;
        SplittableRandom random = new SplittableRandom(seed);
        int nights = 4_000;
        int rejected = 0;
        for (int night = 0; night < nights; night++) {
            double[] unchanged = new double[10];
            Arrays.setAll(unchanged, run -> random.nextGaussian());
            rejected += RunMeanT.test(unchanged, random.nextGaussian()).pValue() <= .05 ? 1 : 0;
        }
        // standard error of a rate of .05 over 4,000 nights: .0034
        assertThat(rejected / (double) nights).as("seed %d", seed).isCloseTo(.05, within(.0105));
    }

    @Test
    void needs_finite_figures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunMeanT.test(new double[] {1, 2}, Double.NaN))
                .withMessage("tonight[0] must be a finite number, is NaN");
    }
}
