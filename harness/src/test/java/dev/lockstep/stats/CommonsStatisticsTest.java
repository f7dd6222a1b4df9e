package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.UnconditionedExactTest;
import org.apache.commons.statistics.inference.UnconditionedExactTest.Method;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

/** The library gives the published values of tests that need no face of ours: whoever uses them may trust them. */
class CommonsStatisticsTest {
    /** Differences in height of cross- and self-fertilised maize. */
    private static final double[] DARWIN = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

    @Test
    void barnard_and_boschloo() {
        UnconditionedExactTest test = UnconditionedExactTest.withDefaults();

        assertThat(test.with(Method.Z_POOLED)
                        .test(new int[][] {{7, 12}, {8, 3}})
                        .getPValue())
                .isCloseTo(.06815343273, within(1e-6));
        assertThat(test.with(Method.BOSCHLOO)
                        .with(AlternativeHypothesis.LESS_THAN)
                        .test(new int[][] {{74, 31}, {43, 32}})
                        .getPValue())
                .isCloseTo(.96650322, within(1e-6));
    }

    @Test
    void wilcoxon_signed_rank() {
        WilcoxonSignedRankTest exact = WilcoxonSignedRankTest.withDefaults().with(PValueMethod.EXACT);
        WilcoxonSignedRankTest asymptotic =
                WilcoxonSignedRankTest.withDefaults().with(PValueMethod.ASYMPTOTIC);

        assertThat(exact.test(DARWIN).getPValue()).isCloseTo(.041259765625, withinPercentage(1e-7));
        assertThat(exact.with(AlternativeHypothesis.GREATER_THAN).test(DARWIN).getPValue())
                .isCloseTo(.0206298828125, withinPercentage(1e-7));
        assertThat(asymptotic.test(DARWIN).getPValue()).isCloseTo(.0437723237630, withinPercentage(1e-7));
        assertThat(asymptotic.with(ContinuityCorrection.DISABLED).test(DARWIN).getPValue())
                .isCloseTo(.0408881329119, withinPercentage(1e-7));
    }

    @Test
    void wilcoxon_on_the_depression_scores() {
        double[] first = {1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
        double[] second = {.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

        var result = WilcoxonSignedRankTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(first, second);

        assertThat(result.getStatistic()).isEqualTo(40);
        assertThat(result.getPValue()).isCloseTo(.01953125, withinPercentage(1e-7));
    }

    @Test
    void mann_whitney() {
        double[] males = {19, 22, 16, 29, 24};
        double[] females = {20, 11, 17, 12};

        var exact = MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(males, females);
        var asymptotic =
                MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(males, females);

        assertThat(exact.getStatistic()).isEqualTo(17);
        assertThat(exact.getPValue()).isCloseTo(.111111111111, withinPercentage(1e-7));
        assertThat(asymptotic.getPValue()).isCloseTo(.111346886533, withinPercentage(1e-7));
    }

    @Test
    void kolmogorov_smirnov() {
        KolmogorovSmirnovTest test = KolmogorovSmirnovTest.withDefaults();

        var apart = test.test(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
        var tied = test.test(new double[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, new double[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1});

        assertThat(apart.getStatistic()).isEqualTo(1);
        assertThat(apart.getPValue()).isCloseTo(.00793650793650794, withinPercentage(1e-7));
        assertThat(tied.getStatistic()).isCloseTo(.2, within(1e-12));
        assertThat(tied.getPValue()).isCloseTo(.99445755, within(5e-9));
    }
}
