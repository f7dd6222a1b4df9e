package dev.lockstep.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely means. */
public final class NearestName {

    private NearestName() {}

    /**
     * Returns the nearest known name by Levenshtein distance: within a third of its letters, one for names of two; case
     * does not count.
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(typed, name) <= allowed(name))
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(name -> name));
    }

    private static int allowed(String name) {
        return name.length() == 2 ? 1 : name.length() / 3;
    }

    private static int distance(String typed, String name) {
        return lowerCaseDistance(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    private static int lowerCaseDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
