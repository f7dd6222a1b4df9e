package dev.lockstep.suite;

import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Position;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a suite says that a stack must take, checked against what its cases use. */
final class Requirements {
    private static final Set<String> KNOWN = new TreeSet<>(List.of("image", "video", "tools", "logprobs"));

    private final Set<String> names;
    private final FirstOnly mistakes;

    private Requirements(Set<String> names, FirstOnly mistakes) {
        this.names = Set.copyOf(names);
        this.mistakes = mistakes;
    }

    static Requirements read(Fields fields, FirstOnly mistakes) {
        Set<String> names = new TreeSet<>(fields.texts("requires"));
        names.stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> fields.problem("requires", "'requires' has '" + name + "'; " + hint(name)));
        return new Requirements(names, mistakes);
    }

    Set<String> names() {
        return names;
    }

    /** Reports a need that the suite does not name. */
    void check(String need, Position position, String use) {
        if (!names.contains(need)) {
            mistakes.report(
                    "requires " + need,
                    position,
                    use + ", but the suite does not require '" + need + "'; add " + need + " to 'requires'");
        }
    }

    private static String hint(String name) {
        return NearestName.of(name, KNOWN)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("expected some of " + String.join(", ", KNOWN));
    }
}
