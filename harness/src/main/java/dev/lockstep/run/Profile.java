package dev.lockstep.run;

import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Locale;

/** How much of its suites a run asks. */
public enum Profile {
    /** Fingerprints alone: tokens and log-probabilities. */
    SMOKE,
    /** Everything but cases that are tagged {@code weekly}. */
    NIGHTLY,
    /** Everything. */
    WEEKLY;

    private static final String SELDOM = "weekly";

    /** Returns the name in gate.yaml and reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the smaller of {@link #NIGHTLY} and {@link #WEEKLY} that asks all of these suites. */
    public static Profile asksAll(List<Suite> suites) {
        boolean hasSeldom =
                suites.stream().flatMap(suite -> suite.cases().stream()).anyMatch(Profile::isSeldom);
        return hasSeldom ? WEEKLY : NIGHTLY;
    }

    /** Returns the cases that it asks, in their order. */
    public List<EvalCase> cases(List<Suite> suites) {
        return suites.stream()
                .filter(suite -> this != SMOKE || suite.role() == Suite.Role.FINGERPRINT)
                .flatMap(suite -> suite.cases().stream())
                .filter(evalCase -> this == WEEKLY || !isSeldom(evalCase))
                .toList();
    }

    private static boolean isSeldom(EvalCase evalCase) {
        return evalCase.tags().contains(SELDOM);
    }
}
