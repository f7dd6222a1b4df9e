package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfileTest {
    private static final List<Suite> SUITES = List.of(Cases.prints(2), Cases.words(2));
    private static final Suite SELDOM = Cases.suite(
            "long",
            Suite.Role.FINGERPRINT,
            List.of(
                    Cases.fingerprint("long", "short", "Print"),
                    Cases.fingerprint("long", "l-1", "Print on", "weekly")));

    @Test
    void smoke_asks_fingerprints_alone() {
        assertThat(paths(Profile.SMOKE, SUITES)).containsExactly("prints/p-01", "prints/p-02");
    }

    @Test
    void nightly_leaves_out_what_is_tagged_weekly() {
        assertThat(paths(Profile.NIGHTLY, SUITES)).hasSize(4);
        assertThat(paths(Profile.NIGHTLY, List.of(SELDOM))).containsExactly("long/short");
        assertThat(paths(Profile.SMOKE, List.of(SELDOM))).containsExactly("long/short");
        assertThat(paths(Profile.WEEKLY, List.of(SELDOM))).containsExactly("long/short", "long/l-1");
    }

    @Test
    void the_smallest_that_asks_all_is_weekly_only_where_something_is_tagged_so() {
        assertThat(Profile.asksAll(SUITES)).isEqualTo(Profile.NIGHTLY);
        assertThat(Profile.asksAll(List.of(SELDOM))).isEqualTo(Profile.WEEKLY);
    }

    private static List<String> paths(Profile profile, List<Suite> suites) {
        return profile.cases(suites).stream().map(EvalCase::path).toList();
    }
}
