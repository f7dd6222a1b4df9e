package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EDetectorTest {
    private static final double[] NIGHTS = Arrays.stream(new double[] {.5, .3, .8, .04, .02, .01, .005})
            .map(EValue::ofP)
            .toArray();

    @Test
    void ends_where_the_published_paths_end() {
        assertThat(EDetector.cusum(NIGHTS)[6]).isCloseTo(181.481699, within(1e-6));
        assertThat(EDetector.shiryaevRoberts(NIGHTS)[6]).isCloseTo(532.432242, within(1e-6));
    }

    @Test
    void alarms_on_the_first_night_that_reaches_the_threshold() {
        double[] path = EDetector.cusum(NIGHTS);

        assertThat(EDetector.alarm(path, path[5])).hasValue(5);
        assertThat(EDetector.alarm(path, 1e6)).isEmpty();
        assertThat(EDetector.alarm(new double[0], 1)).isEmpty();
    }

    @Test
    void never_leaves_the_numbers() {
        double[] certain = {Double.POSITIVE_INFINITY, 2, 0, 1};

        assertThat(EDetector.cusum(certain)).containsExactly(Double.MAX_VALUE, Double.MAX_VALUE, 0, 1);
        assertThat(EDetector.shiryaevRoberts(certain)).containsExactly(Double.MAX_VALUE, Double.MAX_VALUE, 0, 1);
    }

    @Test
    void waits_as_long_as_promised_while_nothing_changes() {
        long seed = 20_261_127;
        Random random = new Random(seed);
        double threshold = 20;
        long nights = 0;
        int histories = 500;
        for (int history = 0; history < histories; history++) {
            double[] eValues = random.doubles(1_000).map(EValue::ofP).toArray();
            nights += EDetector.alarm(EDetector.shiryaevRoberts(eValues), threshold)
                            .orElse(1_000)
                    + 1;
        }
        assertThat(nights / (double) histories).as("seed %d", seed).isGreaterThanOrEqualTo(threshold);
    }

    @Test
    void rejects_what_is_no_e_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EDetector.cusum(new double[] {Double.NaN}))
                .withMessage("e-value must not be negative, is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EDetector.shiryaevRoberts(new double[] {-1}))
                .withMessage("e-value must not be negative, is -1.0");
    }
}
