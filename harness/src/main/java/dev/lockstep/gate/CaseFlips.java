package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.Alternative;
import dev.lockstep.stats.BenjaminiHochberg;
import dev.lockstep.stats.FisherExact;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which cases moved by themselves: each case's repetitions tonight against those of all approved runs by Fisher's exact test,
 * adjusted for their number by Benjamini and Hochberg.
 *
 * <p>Repetitions that gave the same answer in the first approved run are copies, and count once. Of the cases that it names, a share of at most {@value #FALSE_SHARE} is expected to be chance. It decides nothing.
 */
record CaseFlips(List<String> cases, int compared) {
    private static final double FALSE_SHARE = 0.05;
    private static final int MOST_NAMED = 10;

    static CaseFlips of(Baseline baseline, Tonight tonight) {
        Map<String, List<SampleKey>> byCase = ScorePairs.of(baseline, tonight).compared().stream()
                .filter(key -> !baseline.first().isCopy(key))
                .collect(Collectors.groupingBy(SampleKey::casePath, TreeMap::new, Collectors.toList()));
        List<String> paths = List.copyOf(byCase.keySet());
        double[] p = byCase.values().stream()
                .mapToDouble(keys -> pValue(baseline, tonight, keys))
                .toArray();
        double[] adjusted = BenjaminiHochberg.adjusted(p);
        List<String> moved = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= FALSE_SHARE) {
                moved.add(paths.get(i));
            }
        }
        return new CaseFlips(moved, paths.size());
    }

    private static double pValue(Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        int now = (int) keys.stream().filter(tonight.scores()::isRight).count();
        List<Boolean> then = baseline.runs().stream()
                .map(run -> run.manifest().scores())
                .flatMap(scores -> keys.stream()
                        .filter(key -> scores.scores().containsKey(key))
                        .map(scores::isRight))
                .toList();
        int right = (int) then.stream().filter(isRight -> isRight).count();
        Proportion baselineRate = new Proportion(right, then.size());
        return FisherExact.test(new Proportion(now, keys.size()), baselineRate, Alternative.TWO_SIDED)
                .pValue();
    }

    Optional<String> sentence() {
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        String named = cases.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String more = cases.size() > MOST_NAMED ? " and " + (cases.size() - MOST_NAMED) + " more" : "";
        return Optional.of(
                "L4: " + cases.size() + " of " + compared + " cases moved by themselves (Fisher's exact test over all"
                        + " approved runs, Benjamini-Hochberg at 5 %): " + named + more);
    }
}
