package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class EnergyDistanceTest {

    @Test
    void is_twice_the_mean_across_less_both_means_within() {
        // Samples 0, 1 | 5, 7: across (5 + 7 + 4 + 6) / 4 = 5.5, within 1 and 2.
        EnergyDistance energy = of(2, 0, 1, 5, 7);

        assertThat(energy.of(energy.strata().observed())).isCloseTo(2 * 5.5 - 1 - 2, within(1e-12));
        // 0, 5 | 1, 7: across (1 + 7 + 4 + 2) / 4 = 3.5, within 5 and 6.
        assertThat(energy.of(new int[] {0, 2, 1, 3})).isCloseTo(2 * 3.5 - 5 - 6, within(1e-12));
    }

    @Test
    void averages_over_prompts_and_leaves_those_out_that_have_too_few_samples() {
        EnergyDistance energy = EnergyDistance.of(
                List.of(matrix(0, 1, 5, 7), matrix(0, 9), matrix(3, 3, 3, 3)), new int[] {2, 1, 2}, new int[] {2, 1, 2
                });

        assertThat(energy.of(energy.strata().observed())).isCloseTo((2 * 5.5 - 1 - 2) / 2, within(1e-12));
    }

    @Test
    void says_why_there_is_nothing_to_test() {
        assertThat(of(2, 4, 4, 4, 4).reason()).isEqualTo(TestResult.Reason.IDENTICAL);
        assertThat(of(1, 4, 5).reason()).isEqualTo(TestResult.Reason.TOO_FEW);
        assertThat(of(2, 4, 4, 5, 5).reason()).isEqualTo(TestResult.Reason.TESTED);
    }

    @Test
    void rejects_distances_that_are_no_square() {
        assertThatThrownBy(() -> EnergyDistance.of(List.<double[][]>of(matrix(1, 2, 3)), new int[] {2}, new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alarms_on_unchanged_samples_as_often_as_its_level_says() {
        long seed = 20261123;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int alarms = 0;
        for (int night = 0; night < 400; night++) {
            EnergyDistance energy = EnergyDistance.of(
                    List.of(noise(random), noise(random), noise(random), noise(random)),
                    new int[] {3, 3, 3, 3},
                    new int[] {3, 3, 3, 3});
            if (new Permutations(night, 499).test(energy).test().pValue() <= .05) {
                alarms++;
            }
        }
        // 400 nights at 5 %: 20 expected, standard deviation 4.4.
        assertThat(alarms).as("seed %d", seed).isBetween(7, 33);
    }

    private static double[][] noise(RandomGenerator random) {
        return matrix(random.doubles(6).toArray());
    }

    private static EnergyDistance of(int first, double... samples) {
        return EnergyDistance.of(
                List.<double[][]>of(matrix(samples)), new int[] {first}, new int[] {samples.length - first});
    }

    private static double[][] matrix(double... samples) {
        double[][] matrix = new double[samples.length][samples.length];
        for (int i = 0; i < samples.length; i++) {
            for (int j = 0; j < samples.length; j++) {
                matrix[i][j] = Math.abs(samples[i] - samples[j]);
            }
        }
        return matrix;
    }
}
