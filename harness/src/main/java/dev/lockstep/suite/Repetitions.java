package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How often a case is asked, and with which seeds.
 *
 * @param count empty when nobody says
 * @param seeds empty when nobody lists any
 */
record Repetitions(Optional<Integer> count, List<Long> seeds) {
    static final Repetitions UNSAID = new Repetitions(Optional.empty(), List.of());
    private static final int MOST = 1000;

    Repetitions {
        seeds = List.copyOf(seeds);
    }

    /** Reads {@code repetitions} and {@code seeds}; what is absent comes from outside. */
    static Repetitions read(Fields fields, Repetitions outer) {
        boolean counted = fields.has("repetitions");
        boolean listed = fields.has("seeds");
        Repetitions read = new Repetitions(
                counted ? Optional.of((int) fields.integer("repetitions", 1, 1, MOST)) : outer.count(),
                listed ? seeds(fields) : outer.seeds());
        if ((counted || listed) && !read.agree()) {
            fields.problem(counted ? "repetitions" : "seeds", read.disagreement());
        }
        return read;
    }

    /** Returns one seed for each repetition: those listed, else 1 to n. */
    List<Long> resolved() {
        return seeds.isEmpty()
                ? LongStream.rangeClosed(1, count.orElse(1)).boxed().toList()
                : seeds;
    }

    private boolean agree() {
        return seeds.isEmpty() || count.isEmpty() || count.get() == seeds.size();
    }

    private String disagreement() {
        return "'repetitions' is " + count.orElse(1) + ", but the number of 'seeds' is " + seeds.size()
                + "; list one seed for each repetition";
    }

    private static List<Long> seeds(Fields fields) {
        List<Long> seeds = new ArrayList<>();
        for (DocumentNode item : fields.items("seeds")) {
            JsonNode value = item.toJson();
            if (!value.isInt() || value.intValue() < 0) {
                fields.problemAt(item.position(), "the seed " + value + " is not a whole number from 0 to 2147483647");
            } else if (seeds.contains(value.longValue())) {
                fields.problemAt(
                        item.position(),
                        "the seed " + value + " stands in 'seeds' twice; give each repetition its own");
            }
            seeds.add(value.longValue());
        }
        if (seeds.isEmpty()) {
            fields.problem("seeds", "'seeds' is empty; list one seed for each repetition or remove it");
        }
        return seeds;
    }
}
