package dev.lockstep.lock;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a mismatch means, field by field; what no rule names is pinned.
 *
 * <p>A rule is named {@code layer}, {@code layer.field} or {@code layer.begin*}. The narrowest one that covers a field decides;
 * {@link #with(Map) later rules} take the place of all that they cover.
 */
public record Policies(SortedMap<String, FieldPolicy> rules) {
    private static final String REST = "*";

    public Policies {
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /** Returns the shipped policies of bare metal: hardware and provenance warn, nearly all else is pinned. */
    public static Policies defaults() {
        return ShippedPolicies.BARE_METAL.policies();
    }

    /** Returns these policies with another one for {@code layer} and all its fields. */
    public Policies with(Layer layer, Check.Policy policy) {
        return with(Map.of(layer.key(), FieldPolicy.of(policy)));
    }

    /** Returns these policies with other rules in the place of those that they cover. */
    public Policies with(Map<String, FieldPolicy> other) {
        SortedMap<String, FieldPolicy> merged = new TreeMap<>(rules);
        merged.keySet().removeIf(name -> other.keySet().stream().anyMatch(wider -> covers(wider, name)));
        merged.putAll(other);
        return new Policies(merged);
    }

    /** Returns what holds for a layer where no rule names a field. */
    public Check.Policy of(Layer layer) {
        FieldPolicy rule = rules.get(layer.key());
        return rule == null ? Check.Policy.PIN : rule.kind();
    }

    /** Returns what holds for a field. */
    public FieldPolicy of(Layer layer, String field) {
        String name = layer.key() + "." + field;
        return rules.entrySet().stream()
                .filter(rule -> covers(rule.getKey(), name))
                .max((a, b) -> Integer.compare(width(a.getKey()), width(b.getKey())))
                .map(Map.Entry::getValue)
                .orElseGet(() -> FieldPolicy.of(Check.Policy.PIN));
    }

    /** A name without {@code *} is narrower than any with one that covers the same field. */
    private static int width(String rule) {
        return rule.endsWith(REST) ? 2 * rule.length() - 2 : 2 * rule.length() + 1;
    }

    private static boolean covers(String rule, String name) {
        if (rule.endsWith(REST)) {
            return name.startsWith(rule.substring(0, rule.length() - 1));
        }
        return rule.equals(name) || (rule.indexOf('.') < 0 && name.startsWith(rule + "."));
    }
}
