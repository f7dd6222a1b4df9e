package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares digests of whole files, which somebody else made, with what a lock says of these files.
 *
 * <p>Equal bytes hold equal parts, so a digest that fits proves every field that was read from the file. One that does not fit
 * cannot tell its parts apart: each of them counts as moved.
 */
public final class ClaimedFiles {
    private static final String DIGEST = "sha256:";
    private static final String SCALE = "scale";
    static final String INDISTINCT = "its file is another, and a digest does not tell its parts apart";

    private final String role;
    private final String prefix;
    private final SortedMap<String, String> claims;
    private final Optional<String> name;
    private final Check.Step step;
    private final Policies policies;
    private final SortedMap<String, String> locked = new TreeMap<>();

    /**
     * What somebody says of the files of one part of a stack.
     *
     * @param role the part, as in the lock: {@code model}, {@code projector}
     * @param sha256 in lower-case hex, by path in the model's folder
     * @param name what the file is called where the part is one file; empty when nobody knows
     */
    public record Claims(String role, SortedMap<String, String> sha256, Optional<String> name) {
        public Claims {
            sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
        }
    }

    private ClaimedFiles(Claims claims, Check.Step step, Policies policies) {
        this.role = claims.role();
        this.prefix = role + ".";
        this.claims = claims.sha256();
        this.name = claims.name();
        this.step = step;
        this.policies = policies;
    }

    /**
     * Returns one check for each locked field of a file that is claimed, and for each file that engines would load and the
     * lock does not hold; none for files that nobody speaks of.
     */
    public static List<Check> compare(Lock lock, Claims claims, Check.Step step, Policies policies) {
        ClaimedFiles files = new ClaimedFiles(claims, step, policies);
        FileField.of(lock, claims.role()).forEach((path, file) -> files.locked.put(path, file.sha256()));
        List<Check> checks = new ArrayList<>();
        for (Layer layer : FileField.LAYERS) {
            lock.layer(layer)
                    .pinned()
                    .forEach((field, value) -> files.outcome(field)
                            .map(outcome -> files.check(layer, field, files.finding(field, value, outcome)))
                            .ifPresent(checks::add));
        }
        files.addExtras(checks);
        return List.copyOf(checks);
    }

    /** How a field compares; the texts are short forms. */
    private record Finding(Outcome outcome, String expected, String actual, String note) {}

    /** Tells whether the file of a field is as locked; empty when nobody speaks of it. */
    private Optional<Outcome> outcome(String field) {
        if (!field.startsWith(prefix) || field.equals(prefix + SCALE)) {
            return Optional.empty();
        }
        Optional<String> path = FileField.path(field, role).filter(each -> !each.isEmpty());
        if (path.isPresent()) {
            return ofFile(path.get());
        }
        String rest = field.substring(prefix.length());
        int pointer = rest.indexOf('#');
        if (pointer >= 0) {
            return ofFile(rest.substring(0, pointer));
        }
        return locked.containsKey("") ? whole().outcome() : ofAll();
    }

    private Optional<Outcome> ofFile(String path) {
        String expected = locked.get(path);
        String claimed = claims.get(path);
        return expected == null || claimed == null
                ? Optional.empty()
                : Optional.of(claimed.equals(expected) ? Outcome.MATCH : Outcome.MISMATCH);
    }

    private WholeClaim whole() {
        return WholeClaim.of(locked.getOrDefault("", ""), claims, name);
    }

    /** Parts of a file in shards lie anywhere in them. */
    private Optional<Outcome> ofAll() {
        List<Optional<Outcome>> outcomes =
                locked.keySet().stream().map(this::ofFile).toList();
        if (outcomes.contains(Optional.of(Outcome.MISMATCH))) {
            return Optional.of(Outcome.MISMATCH);
        }
        boolean areKnown = !outcomes.isEmpty() && !outcomes.contains(Optional.<Outcome>empty());
        return areKnown ? Optional.of(Outcome.MATCH) : Optional.empty();
    }

    private Finding finding(String field, JsonNode value, Outcome outcome) {
        String expected = ShortValue.of(value);
        String note = locked.containsKey("") ? whole().note() : "";
        return switch (outcome) {
            case MATCH -> new Finding(outcome, expected, expected, note);
            case MISMATCH -> other(field, expected);
            case UNVERIFIABLE, NOT_CHECKED -> new Finding(outcome, expected, "", note);
        };
    }

    private Finding other(String field, String expected) {
        Optional<String> claimed = field.startsWith(prefix + FileFacts.FILE)
                ? FileField.path(field, role).flatMap(path -> Optional.ofNullable(claims.get(path)))
                : Optional.empty();
        return claimed.map(sha256 -> new Finding(Outcome.MISMATCH, expected, brief(sha256), ""))
                .orElseGet(() -> new Finding(Outcome.MISMATCH, expected, "", INDISTINCT));
    }

    /** A folder's list that names a file which engines load by themselves names a part of the model. */
    private void addExtras(List<Check> checks) {
        boolean isFolder = locked.keySet().stream().anyMatch(path -> !path.isEmpty() && !path.endsWith(".gguf"));
        TreeSet<String> paths = new TreeSet<>(isFolder ? claims.keySet() : Set.of());
        paths.removeAll(locked.keySet());
        for (String path : paths) {
            String actual = brief(claims.getOrDefault(path, ""));
            Finding extra = new Finding(Outcome.MISMATCH, "", actual, "the stack holds it, the lock does not");
            FileUse.of(path).layers().stream()
                    .findFirst()
                    .ifPresent(layer -> checks.add(check(layer, prefix + FileFacts.FILE + path, extra)));
        }
    }

    private Check check(Layer layer, String field, Finding found) {
        return new Check(
                layer,
                step,
                field,
                found.outcome(),
                policies.of(layer, field).kind(),
                found.expected(),
                found.actual(),
                found.note());
    }

    private static String brief(String sha256) {
        return ShortValue.of(TextNode.valueOf(DIGEST + sha256));
    }
}
