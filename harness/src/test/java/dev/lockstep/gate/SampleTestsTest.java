package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.SampleArm.Draw;
import dev.lockstep.stats.Permutations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs of a toy model whose own tokens have a chance of .6, unless a test says otherwise. */
final class SampleTestsTest {
    private static final long SEED = 20_261_122;
    private static final double USUAL = .6;
    private static final double SPREAD = .05;
    private static final int NIGHTS = 200;

    @Test
    void finds_more_diverse_samples_by_permutation() {
        SampledRuns toy = new SampledRuns(SEED);

        SampleTests tests =
                SamplePermutation.of(new SampleArms(toy.run(.5), toy.runs(3, USUAL)), Permutations.seeded(SEED));

        assertThat(tests.basis()).isEqualTo(DriftRule.Basis.ANSWERS);
        assertThat(tests.pValue()).isLessThan(.01);
        assertThat(tests.each().getFirst().name()).isIn(SampleTest.SIMILARITY, SampleTest.DISTANCE);
        assertThat(tests.effect())
                .matches("(similarity of samples|distance from the baseline) [\\d.]+, was [\\d.]+ \\([^)]*p [^)]*\\).*;"
                        + " the p-value counts that 6 statistics were looked at");
        assertThat(tests.reach(.01)).matches("similarity of samples by 0\\.\\d+, length by 0\\.\\d+");
    }

    @Test
    void finds_more_diverse_samples_by_runs() {
        SampledRuns toy = new SampledRuns(SEED);

        SampleTests tests = SampleRuns.of(new SampleArms(toy.run(.4), toy.runs(10, USUAL)), SEED);

        assertThat(tests.basis()).isEqualTo(DriftRule.Basis.RUNS);
        assertThat(tests.pValue()).isLessThan(.01);
        assertThat(tests.reach(.01)).matches("similarity of samples by 0\\.\\d+, length by 0\\.\\d+");
    }

    @Test
    void keeps_its_level_by_permutation_where_nothing_but_the_seeds_tells_runs_apart() {
        SampledRuns toy = new SampledRuns(SEED);

        double alarms =
                alarms(night -> SamplePermutation.of(new SampleArms(toy.run(USUAL), toy.runs(2, USUAL)), draws(night))
                        .pValue());

        // standard error of a rate of .05 over 200 nights: .0154
        assertThat(alarms).as("seed %d", SEED).isLessThanOrEqualTo(.05 + 2 * .0154);
    }

    @Test
    void keeps_its_level_by_runs_where_samples_share_the_noise_of_their_run_and_permutation_does_not() {
        SampledRuns toy = new SampledRuns(SEED);
        List<SampleArms> nights = toy.leaning(NIGHTS, USUAL, SPREAD).stream()
                .map(tonight -> new SampleArms(tonight, toy.leaning(10, USUAL, SPREAD)))
                .toList();

        double byRuns = alarms(night -> SampleRuns.of(nights.get(night), night).pValue());
        double byPermutation = alarms(
                night -> SamplePermutation.of(nights.get(night), draws(night)).pValue());

        assertThat(byRuns).as("seed %d", SEED).isLessThanOrEqualTo(.1);
        assertThat(byPermutation).as("seed %d", SEED).isGreaterThan(.1);
    }

    @Test
    void gives_the_same_p_value_for_the_same_seed() {
        SampledRuns toy = new SampledRuns(SEED);
        SampleArms arms = new SampleArms(toy.run(USUAL), toy.runs(3, USUAL));

        assertThat(SamplePermutation.of(arms, draws(7))).isEqualTo(SamplePermutation.of(arms, draws(7)));
        assertThat(SampleRuns.of(arms, 7)).isEqualTo(SampleRuns.of(arms, 7));
    }

    @Test
    void calls_equal_samples_equal() {
        SampleArm same = arm("abc", "abc");

        assertThat(SamplePermutation.of(new SampleArms(same, List.of(same, same)), draws(7))
                        .pValue())
                .isEqualTo(1);
        assertThat(SampleRuns.of(new SampleArms(same, List.of(same, same)), 7).pValue())
                .isEqualTo(1);
    }

    @Test
    void takes_runs_that_never_varied_to_vary_by_one_sample() {
        SampleArm same = arm("abc", "abc");

        SampleTests tests =
                SampleRuns.of(new SampleArms(arm("abc", "abd"), List.of(same, same, same, same, same, same, same)), 7);

        assertThat(tests.pValue()).isGreaterThan(.05);
    }

    private static Permutations draws(long seed) {
        return new Permutations(seed, 199);
    }

    private static double alarms(NightlyPValue test) {
        int alarms = 0;
        for (int night = 0; night < NIGHTS; night++) {
            alarms += test.of(night) <= .05 ? 1 : 0;
        }
        return alarms / (double) NIGHTS;
    }

    private static SampleArm arm(String... answers) {
        return new SampleArm(List.of(List.of(answers).stream()
                .map(answer -> new Draw(answer.chars().boxed().toList(), false, false, false))
                .toList()));
    }

    /** The p-value of one night. */
    @FunctionalInterface
    private interface NightlyPValue {
        double of(int night);
    }
}
