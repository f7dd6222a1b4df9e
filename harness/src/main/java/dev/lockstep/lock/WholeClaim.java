package dev.lockstep.lock;

import dev.lockstep.lock.Check.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is claimed of a file that the lock holds as a whole, without a name.
 *
 * @param outcome how its digest compares; empty when nobody speaks of it
 * @param note under which name it is claimed, or why that is not enough
 */
record WholeClaim(Optional<Outcome> outcome, String note) {
    private static final String REMEDY = "; name the one that is meant with 'path'";

    /** Compares by name, for equal bytes under the name of another file are the word about that one. */
    static WholeClaim of(String locked, SortedMap<String, String> claims, Optional<String> name) {
        if (name.isEmpty() && claims.size() > 1) {
            return unnamed(locked, claims, "nobody says what the file is called");
        }
        List<Map.Entry<String, String>> named = claims.entrySet().stream()
                .filter(claim -> name.isEmpty() || baseName(claim.getKey()).equals(baseName(name.get())))
                .toList();
        if (named.isEmpty()) {
            return unnamed(
                    locked,
                    claims,
                    "the file is called '" + name.map(WholeClaim::baseName).orElse("") + "'");
        }
        Optional<Map.Entry<String, String>> same =
                named.stream().filter(claim -> claim.getValue().equals(locked)).findFirst();
        if (same.isPresent()) {
            return new WholeClaim(
                    Optional.of(Outcome.MATCH), "listed as '" + same.get().getKey() + "'");
        }
        return named.size() == 1
                ? new WholeClaim(Optional.of(Outcome.MISMATCH), ClaimedFiles.INDISTINCT)
                : new WholeClaim(Optional.empty(), "");
    }

    private static WholeClaim unnamed(String locked, SortedMap<String, String> claims, String why) {
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().equals(locked))
                .findFirst()
                .map(claim -> new WholeClaim(
                        Optional.of(Outcome.UNVERIFIABLE),
                        "the locked digest is listed as '" + claim.getKey() + "', but " + why + REMEDY))
                .orElseGet(() -> new WholeClaim(Optional.empty(), ""));
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
