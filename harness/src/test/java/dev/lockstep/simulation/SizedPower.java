package dev.lockstep.simulation;

import dev.lockstep.stats.NeymanPearson;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a detector finds at one noise floor, by how much of a run counts.
 *
 * @param floor the noise floor σ
 * @param sizes of a run, in tokens, the smallest first
 * @param unchanged how often an unchanged night alarms, for each size
 * @param changed how often one after each change of {@link Toy#ROUNDED} does, size by size
 */
record SizedPower(double floor, List<Integer> sizes, List<Proportion> unchanged, List<Proportion> changed) {
    private static final double FOUND = 0.8;

    SizedPower {
        sizes = List.copyOf(sizes);
        unchanged = List.copyOf(unchanged);
        changed = List.copyOf(changed);
    }

    /** Returns how often each change is found with this size. */
    List<Proportion> changed(int size) {
        int at = sizes.indexOf(size) * Toy.ROUNDED.size();
        return changed.subList(at, at + Toy.ROUNDED.size());
    }

    /** Returns the cells of a row: how often an unchanged night alarms, and one after each change. */
    List<String> cells(int size) {
        List<String> cells = new ArrayList<>(List.of(Numbers.rate(unchanged.get(sizes.indexOf(size)))));
        cells.addAll(Power.cells(changed(size)));
        return cells;
    }

    /** Returns the heads of such a row. */
    static List<String> columns(String... first) {
        List<String> columns = new ArrayList<>(List.of(first));
        Toy.ROUNDED.forEach(change -> columns.add("KL " + Numbers.plain(change.divergence())));
        return columns;
    }

    /** Tells the fewest tokens that find each change. */
    static Table tokensToDetection(List<SizedPower> floors, double alpha) {
        List<List<String>> rows = new ArrayList<>();
        List<String> least = new ArrayList<>(List.of("floor of Neyman and Pearson"));
        Toy.ROUNDED.forEach(change ->
                least.add(String.valueOf(Math.round(NeymanPearson.tokens(change.divergence(), alpha, FOUND)))));
        rows.add(least);
        floors.forEach(power -> rows.add(power.row()));
        return new Table(
                "Tokens to detection: the fewest of a run, of the sizes "
                        + floors.getFirst().sizes
                        + ", with which it alarms on at least .8 of the nights. The floor is what the best test of sampled tokens"
                        + " needs that knows both models; log-probabilities, and answers with fixed seeds, say more than samples do.",
                columns("noise floor σ"),
                rows);
    }

    private List<String> row() {
        List<String> row = new ArrayList<>(List.of(Numbers.plain(floor)));
        IntStream.range(0, Toy.ROUNDED.size()).mapToObj(this::fewest).forEach(row::add);
        return row;
    }

    private String fewest(int change) {
        return sizes.stream()
                .filter(size -> changed(size).get(change).rate() >= FOUND)
                .findFirst()
                .map(size -> (size.equals(sizes.getFirst()) ? "≤ " : "") + size)
                .orElse("> " + sizes.getLast());
    }
}
