package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static final Trend NONE = Trend.none("L2");

    @Test
    void no_single_night_ever_alarms_as_a_slow_change() {
        Trend one = NONE.after(0);

        assertThat(one).isEqualTo(new Trend("L2", 20, 1));
        assertThat(one.alarms()).isFalse();
        assertThat(one.after(.5).alarms()).isFalse();
        assertThat(NONE.after(1).after(1).after(1e-12).alarms()).isFalse();
    }

    @Test
    void two_nights_that_nothing_explains_alarm() {
        assertThat(NONE.after(1e-12).after(1e-12)).isEqualTo(new Trend("L2", 400, 2));
        assertThat(NONE.after(1e-12).after(1e-12).alarms()).isTrue();
    }

    @Test
    void forgets_one_odd_night_within_a_few_usual_ones() {
        Trend after = NONE.after(1e-12);
        for (int night = 0; night < 7; night++) {
            after = after.after(.5);
        }
        assertThat(after.evidence()).isLessThan(1);
    }

    @Test
    void adds_up_nights_that_are_a_little_unlikely_as_e_values_do() {
        Trend after = NONE;
        for (double p : new double[] {.5, .3, .8, .04, .02, .01, .005}) {
            after = after.after(p);
        }
        assertThat(after.evidence()).isCloseTo(181.481699, within(1e-6));
        assertThat(after.nights()).isEqualTo(4);
    }

    @Test
    void keeps_its_promise_while_nothing_changes() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        int nights = 400_000;
        int alarms = 0;
        Trend trend = NONE;
        for (int night = 0; night < nights; night++) {
            trend = trend.after(random.nextDouble());
            if (trend.alarms()) {
                alarms++;
                trend = NONE;
            }
        }
        assertThat(alarms).as("seed %d", seed).isBetween(1, nights / Trend.ALARM);
    }
}
