package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * In which tensors two models differ.
 *
 * @param changed names of those whose data, shape or type is another
 * @param added names of those that only the second has
 * @param removed names of those that only the first has
 */
public record TensorDiff(SortedSet<String> changed, SortedSet<String> added, SortedSet<String> removed) {

    public TensorDiff {
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    }

    public static TensorDiff between(TensorDigests before, TensorDigests after) {
        SortedSet<String> changed = before.shared(after);
        changed.removeIf(
                name -> Objects.equals(before.byName().get(name), after.byName().get(name)));
        SortedSet<String> added = new TreeSet<>(after.byName().keySet());
        added.removeAll(before.byName().keySet());
        SortedSet<String> removed = new TreeSet<>(before.byName().keySet());
        removed.removeAll(after.byName().keySet());
        return new TensorDiff(changed, added, removed);
    }

    /** Returns the difference in words: {@code other data, shape or type in 'a'; new 'b'}. */
    public String words() {
        List<String> parts = new ArrayList<>();
        add("other data, shape or type in ", changed, parts);
        add("new ", added, parts);
        add("gone ", removed, parts);
        return String.join("; ", parts);
    }

    private static void add(String what, SortedSet<String> names, List<String> parts) {
        if (!names.isEmpty()) {
            parts.add(what + ShortList.of(names));
        }
    }

    public boolean isEmpty() {
        return changed.isEmpty() && added.isEmpty() && removed.isEmpty();
    }

    /** Returns the names of all that differ, in whatever way. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(changed);
        names.addAll(added);
        names.addAll(removed);
        return names;
    }
}
