package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What samples are of: cases, and how often each is asked.
 *
 * @param suites by their ids, sorted
 * @param fewest repetitions of a case
 * @param most repetitions of a case
 */
public record Items(List<String> suites, int cases, int fewest, int most) {

    public Items {
        suites = List.copyOf(suites);
    }

    public static Items of(Collection<SampleKey> keys) {
        List<String> suites =
                keys.stream().map(SampleKey::suite).distinct().sorted().toList();
        Map<String, Long> repetitions =
                keys.stream().collect(Collectors.groupingBy(SampleKey::casePath, TreeMap::new, Collectors.counting()));
        IntSummaryStatistics each =
                repetitions.values().stream().mapToInt(Long::intValue).summaryStatistics();
        boolean isEmpty = repetitions.isEmpty();
        return new Items(suites, repetitions.size(), isEmpty ? 0 : each.getMin(), isEmpty ? 0 : each.getMax());
    }

    /** Returns cases and repetitions: {@code 25 × 20}, {@code 40 × 1 to 3}. */
    @Override
    public String toString() {
        return cases + " × " + (fewest == most ? Integer.toString(most) : fewest + " to " + most);
    }
}
