package dev.lockstep.lock;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names as a message lists them: a few, and how many more. */
public final class ShortList {
    private static final int MOST = 5;

    private ShortList() {}

    public static String of(Collection<String> names) {
        String few = names.stream()
                .sorted()
                .limit(MOST)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        int more = names.size() - MOST;
        return more > 0 ? few + " and " + more + " more" : few;
    }
}
