package dev.lockstep.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of evidence, and whether it counts.
 *
 * @param location where it was found
 * @param evidence what it says; empty when it cannot be read
 * @param binding whether it is about the process that answers
 * @param key the key that signed it, in short
 * @param problems why it does not count, apart from its binding
 */
record Judged(String location, Optional<Evidence> evidence, Binding binding, String key, List<String> problems) {

    Judged {
        problems = List.copyOf(problems);
    }

    static Judged unreadable(String location, List<String> problems) {
        return new Judged(location, Optional.empty(), new Binding.Unbound("it cannot be read"), "", problems);
    }

    boolean isBound() {
        return problems.isEmpty() && binding instanceof Binding.Bound;
    }

    /** Returns why it is refused; of another start only where that counts. */
    List<String> refusals(boolean foreignCounts) {
        return switch (binding) {
            case Binding.Foreign(String why) when foreignCounts -> plus(foreign(why));
            case Binding.Foreign foreign -> problems;
            case Binding.Bound bound -> problems;
            case Binding.Unbound unbound -> problems;
        };
    }

    private List<String> plus(String refusal) {
        ArrayList<String> all = new ArrayList<>(problems);
        all.add(refusal);
        return List.copyOf(all);
    }

    private String foreign(String why) {
        return location + ": is about another start of the server: " + why
                + "; attest again beside the process that answers";
    }

    /** Names it, as the source of a check. */
    String source() {
        return evidence.map(each -> "evidence " + location + " of " + each.at() + ", key " + key + ", " + each.by()
                        + ", " + each.tier() + by())
                .orElse("evidence " + location);
    }

    private String by() {
        return switch (binding) {
            case Binding.Bound(String sign) -> "; " + sign;
            case Binding.Unbound unbound -> "";
            case Binding.Foreign foreign -> "";
        };
    }
}
