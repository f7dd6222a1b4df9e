package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.DriftRule.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {

    private record Family(String detector, Basis basis, double screen, double here, double elsewhere)
            implements DecisionRule.Family {
        @Override
        public double screen(RandomGenerator random) {
            return screen;
        }

        @Override
        public double here(RandomGenerator random) {
            return here;
        }

        @Override
        public double elsewhere(RandomGenerator random) {
            return elsewhere;
        }
    }

    @Test
    void says_nothing_where_no_family_fires() {
        assertThat(judge(quiet("L1"))).isEqualTo(night(Outcome.NOT_FIRED, Outcome.NOT_FIRED));
        // A quarter of .05 is .0125.
        assertThat(judge(runs(.0126, 0, 0))).isEqualTo(night(Outcome.NOT_FIRED, Outcome.NOT_FIRED));
    }

    @Test
    void says_drift_of_runs_only_when_another_start_shows_it() {
        assertThat(judge(runs(.0125, .021, 0))).isEqualTo(night(Outcome.UNCONFIRMED, Outcome.UNCONFIRMED));
        assertThat(judge(runs(.0125, .02, .021))).isEqualTo(night(Outcome.ONE_START, Outcome.ONE_START));
        assertThat(judge(runs(.0125, .02, .02))).isEqualTo(night(Outcome.ONE_START, Outcome.CHANGED));
    }

    @Test
    void says_drift_of_one_start_when_the_run_by_itself_is_unlikely_enough() {
        assertThat(DecisionRule.ALONE).isEqualTo(.00025);
        assertThat(judge(runs(.00025, .02, .021))).isEqualTo(night(Outcome.CHANGED, Outcome.ONE_START));
        assertThat(judge(runs(.00026, .02, .02))).isEqualTo(night(Outcome.ONE_START, Outcome.CHANGED));
    }

    @Test
    void takes_the_strongest_outcome_of_all_families() {
        Family confirmed = new Family("L3", Basis.ANSWERS, .009, .02, 1);

        assertThat(judge(runs(.001, .9, 1), confirmed)).isEqualTo(night(Outcome.UNCONFIRMED, Outcome.UNCONFIRMED));
        // L1 and L3 share .02 as .25 and .20: .0089 for L3.
        assertThat(judge(runs(.001, .9, 1), new Family("L3", Basis.ANSWERS, .009, .0088, 1)))
                .isEqualTo(night(Outcome.CHANGED, Outcome.CHANGED));
    }

    private static Family runs(double screen, double here, double elsewhere) {
        return new Family("L1", Basis.RUNS, screen, here, elsewhere);
    }

    private static Family quiet(String detector) {
        return new Family(detector, Basis.RUNS, 1, 0, 0);
    }

    private static DecisionRule.Night night(Outcome alone, Outcome elsewhere) {
        return new DecisionRule.Night(alone, elsewhere);
    }

    private static DecisionRule.Night judge(Family first) {
        return judge(first, quiet("L3"));
    }

    private static DecisionRule.Night judge(Family first, Family third) {
        return DecisionRule.judge(List.of(first, quiet("L2"), third, quiet("L4")), new SplittableRandom(1));
    }
}
