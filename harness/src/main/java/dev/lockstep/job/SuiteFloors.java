package dev.lockstep.job;

import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.Standings;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What the suites of a plan require of the proof that their stack is the locked one, each for itself. */
record SuiteFloors(Plan plan) {

    /** Returns the verdict where a suite requires more than there is; a suite that is not asked requires nothing. */
    Optional<Verdict> unmet(LockedStack stack) {
        List<String> reasons = reasons(new Standings(stack.lock(), stack.verification()));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(new Verdict.Inconclusive(reasons));
    }

    private List<String> reasons(Standings standings) {
        Set<String> asked = plan.cases().stream().map(EvalCase::suite).collect(Collectors.toSet());
        return plan.suites().stream()
                .filter(suite -> asked.contains(suite.id()))
                .flatMap(suite -> reason(suite, standings).stream())
                .toList();
    }

    private static Optional<String> reason(Suite suite, Standings standings) {
        SortedMap<Layer, Standing> floor = suite.floor();
        String unmet = floor.entrySet().stream()
                .filter(each -> !standings.of(each.getKey()).isAtLeast(each.getValue()))
                .map(each -> each.getKey() + " (" + each.getValue().key() + ", and it is "
                        + standings.of(each.getKey()).key() + ")")
                .collect(Collectors.joining(", "));
        return unmet.isEmpty()
                ? Optional.empty()
                : Optional.of("suite '" + suite.id() + "' requires more proof of these layers than there is: " + unmet
                        + "; run Lockstep where they can be read, or lower 'require' in " + suite.file());
    }
}
