package dev.lockstep.derivation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the numbers of a derived model are those that its derivation makes of its base, as far as the type that stores them
 * can hold them.
 *
 * @param step the one that changes numbers; empty where only types change
 * @param base where the base's numbers lie
 * @param other where those of the second model of a merge lie
 * @param derived where the result lies
 * @param baseNames what the base calls each tensor of the result
 * @param adapter what was merged, by the names of the result
 */
record NumberChecks(
        Optional<Step> step,
        WeightFiles base,
        WeightFiles other,
        WeightFiles derived,
        SortedMap<String, String> baseNames,
        SortedMap<String, StoredPair> adapter) {
    private static final String REMEDY = "; make it again, in a type that is no narrower than that of the weights";

    /**
     * What came of it.
     *
     * @param compared names of tensors whose numbers were compared
     * @param faults what is wrong, each in a sentence
     */
    record Result(SortedSet<String> compared, List<String> faults) {}

    /** Compares the tensors of these names. */
    Result of(Set<String> names) {
        SortedSet<String> compared = new TreeSet<>();
        List<Deviation> deviations = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            try (OpenRows open = new OpenRows()) {
                Optional<NumberRows> found = open.of(derived, name);
                Optional<ExpectedRows> expected = found.flatMap(rows -> expected(name, rows, open));
                if (found.isPresent() && expected.isPresent()) {
                    compared.add(name);
                    Deviation.worst(name, found.get(), expected.get()).ifPresent(deviations::add);
                }
            }
        }
        deviations.stream()
                .max(Comparator.comparingDouble(Deviation::excess))
                .ifPresent(worst -> faults.add("holds other numbers than " + formula() + " in " + deviations.size()
                        + " of " + compared.size() + " tensors; the worst is " + worst + REMEDY));
        return new Result(compared, faults);
    }

    /** Returns what a tensor should hold; empty where its numbers follow from nothing that is at hand. */
    private Optional<ExpectedRows> expected(String name, NumberRows found, OpenRows open) {
        Optional<NumberRows> first = open.of(base, baseNames.getOrDefault(name, name));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        return expected(name, found, first.get(), open)
                .filter(rows -> rows.count() == found.count() && rows.columns() == found.columns());
    }

    private Optional<ExpectedRows> expected(String name, NumberRows found, NumberRows first, OpenRows open) {
        Operation operation = step.map(Step::operation).orElse(Operation.CONVERT);
        return switch (operation) {
            case LORA_MERGE, DORA_MERGE -> Optional.of(lowRank(name, found, first));
            case LINEAR_MERGE, SLERP_MERGE ->
                open.of(other, baseNames.getOrDefault(name, name)).flatMap(second -> mixture(first, second, found));
            case ROME -> areAlike(first, found) ? Optional.of(new RankOne(first, found)) : Optional.empty();
            case CONVERT -> Optional.of(RoundedCopy.frame(first, frame(name)));
            case MEMIT, PROMPT_BAKING, CONTEXT_DISTILLATION, QUANTIZE, LORA_RUNTIME, DORA_RUNTIME -> Optional.empty();
        };
    }

    private ExpectedRows lowRank(String name, NumberRows found, NumberRows first) {
        StoredPair stored = adapter.get(name);
        if (stored == null) {
            return RoundedCopy.frame(first, frame(name));
        }
        LowRankPair pair = stored.read();
        double scale = pair.scale() * step.map(each -> each.number("scale", 1)).orElse(1.0);
        LowRankSum sum = new LowRankSum(first, pair, scale, found.format());
        return pair.hasLengths() ? new DirectedSum(sum) : sum;
    }

    private Optional<ExpectedRows> mixture(NumberRows first, NumberRows second, NumberRows found) {
        if (!areAlike(first, second)) {
            return Optional.empty();
        }
        Step merge = step.orElseThrow();
        double share = merge.number(DerivationReader.share(merge.operation()), 0);
        return Optional.of(
                merge.operation() == Operation.SLERP_MERGE
                        ? Mixture.spherical(first, second, share, found.format())
                        : Mixture.linear(first, second, share, found.format()));
    }

    private static boolean areAlike(NumberRows first, NumberRows second) {
        return first.count() == second.count() && first.columns() == second.columns();
    }

    /** Frames of a filter are told apart by a number behind the name. */
    private int frame(String name) {
        String own = baseNames.getOrDefault(name, name);
        boolean isLater = !name.equals(own) && name.matches(".*\\.weight\\.\\d+");
        return isLater ? Integer.parseInt(name.substring(name.lastIndexOf('.') + 1)) : 0;
    }

    /** Returns the pairs of an adapter that fit no matrix of the base. */
    SortedSet<String> homeless() {
        SortedSet<String> homeless = new TreeSet<>();
        for (Map.Entry<String, StoredPair> each : new TreeMap<>(adapter).entrySet()) {
            try (OpenRows open = new OpenRows()) {
                boolean fits = open.of(base, baseNames.getOrDefault(each.getKey(), each.getKey()))
                        .filter(rows -> each.getValue().read().fits(rows.count(), rows.columns()))
                        .isPresent();
                if (!fits) {
                    homeless.add(each.getKey());
                }
            }
        }
        return homeless;
    }

    private String formula() {
        Operation operation = step.map(Step::operation).orElse(Operation.CONVERT);
        return switch (operation) {
            case LORA_MERGE -> "W + scale · B A";
            case DORA_MERGE -> "m (W + scale · B A) / ‖W + scale · B A‖";
            case LINEAR_MERGE -> "(1 − share) · base + share · with";
            case SLERP_MERGE -> "those on the arc from base to with, at t";
            case ROME -> "the base's and one change of rank one";
            case CONVERT, QUANTIZE, MEMIT, PROMPT_BAKING, CONTEXT_DISTILLATION, LORA_RUNTIME, DORA_RUNTIME ->
                "the base's, rounded";
        };
    }
}
