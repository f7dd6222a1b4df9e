package dev.lockstep.suite;

import dev.lockstep.document.Fields;
import java.util.List;
import java.util.Optional;

/** What the role of a suite asks of its cases, and forbids them. */
record RoleRules(Suite.Role role, FirstOnly mistakes) {

    /** Returns the kind of prompt, which only a fingerprint names. */
    Optional<String> stratum(Fields fields) {
        return switch (role) {
            case FINGERPRINT ->
                Optional.of(fields.matching("stratum", CaseReader.ID, "name the kind of prompt, such as natural-stop"));
            case SCORES, SAMPLES -> {
                if (fields.has("stratum")) {
                    fields.problem("stratum", "'stratum' goes with role: fingerprint; remove it");
                }
                yield Optional.empty();
            }
        };
    }

    /** Returns the scorers, which are there if and only if answers are scored. */
    List<ScorerSpec> checked(List<ScorerSpec> scorers, Fields fields) {
        boolean none = fields.items("scorers").isEmpty();
        String problem =
                switch (role) {
                    case SCORES ->
                        none ? "there is no scorer; add one to 'scorers', or set role: fingerprint in the suite" : "";
                    case SAMPLES -> none ? "" : "sampled answers are compared as distributions" + notScored();
                    case FINGERPRINT -> none ? "" : "a fingerprint is compared token by token" + notScored();
                };
        if (!problem.isEmpty()) {
            fields.problem("scorers", problem);
        }
        return scorers;
    }

    /** Checks that what is compared as a distribution has several answers, and leaves its seeds to each run. */
    void checkRepetitions(Fields fields, String owner, Repetitions repetitions) {
        if (role != Suite.Role.SAMPLES) {
            return;
        }
        if (!repetitions.seeds().isEmpty()) {
            mistakes.report(
                    "seeds",
                    fields.position(),
                    owner + " lists seeds, but role: samples takes new ones in each run; remove 'seeds'");
        }
        if (repetitions.resolved().size() < 2) {
            mistakes.report(
                    "repetitions",
                    fields.position(),
                    owner + " is asked once, but role: samples compares several answers; add 'repetitions: 20'");
        }
    }

    private static String notScored() {
        return " and not scored; remove 'scorers', or move the case to a suite of role: scores";
    }
}
