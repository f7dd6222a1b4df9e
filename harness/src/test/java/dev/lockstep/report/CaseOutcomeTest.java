package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CaseOutcomeTest {

    @Test
    void accuses_no_endpoint_of_a_case_that_was_not_worth_asking() {
        assertThat(CaseOutcome.ofCase(Night.noBaseline().result(), List.of()))
                .isEqualTo(unasked("NO_BASELINE: no baseline is approved under lock lk1-3f9c2ab42ab4"));
        assertThat(CaseOutcome.ofCase(Night.inconclusive().result(), List.of()))
                .isEqualTo(unasked("INCONCLUSIVE: suite tools fell by 0.017, which 60 samples cannot tell from noise;"
                        + " 310 samples would decide a margin of 0.02"));
    }

    @Test
    void names_the_endpoint_when_it_was_given_up() {
        assertThat(CaseOutcome.ofCase(Night.invalid().result(), List.of()))
                .isEqualTo(unasked("endpoint: no sample of this case is in the run log"));
    }

    private static CaseOutcome unasked(String message) {
        return new CaseOutcome(CaseOutcome.Status.BROKEN, message, "", "");
    }
}
