package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.simulation.DecisionRule.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
    private static final Family QUIET = new Family(1, 0);

    private record Family(double screen, double confirm) implements DecisionRule.Family {
        @Override
        public double screen(RandomGenerator random) {
            return screen;
        }

        @Override
        public double confirm(RandomGenerator random) {
            return confirm;
        }
    }

    @Test
    void says_nothing_where_no_family_fires() {
        assertThat(judge(QUIET, QUIET, QUIET, QUIET)).isEqualTo(Outcome.QUIET);
        // A quarter of .05 is .0125.
        assertThat(judge(new Family(.0126, 0), QUIET, QUIET, QUIET)).isEqualTo(Outcome.QUIET);
    }

    @Test
    void says_drift_only_when_confirmed() {
        assertThat(judge(new Family(.0125, .02), QUIET, QUIET, QUIET)).isEqualTo(Outcome.DRIFT);
        assertThat(judge(new Family(.0125, .021), QUIET, QUIET, QUIET)).isEqualTo(Outcome.FIRED_UNCONFIRMED);
    }

    @Test
    void shares_the_level_of_a_confirmation_among_what_fired() {
        // L1 and L2 have equal weights: half of .02 each, until one is rejected.
        assertThat(judge(new Family(.001, .011), new Family(.001, .011), QUIET, QUIET))
                .isEqualTo(Outcome.FIRED_UNCONFIRMED);
        assertThat(judge(new Family(.001, .01), new Family(.001, .9), QUIET, QUIET))
                .isEqualTo(Outcome.DRIFT);
    }

    private static Outcome judge(Family... families) {
        return DecisionRule.SHIPPED.judge(List.of(families), new SplittableRandom(1));
    }
}
