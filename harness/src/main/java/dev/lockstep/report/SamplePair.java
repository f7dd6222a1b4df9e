package dev.lockstep.report;

import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tonight's sample beside the baseline's of the same key. */
record SamplePair(SampleKey key, SampleView tonight, SampleView baseline) {

    /** Returns the pairs in the order of their keys; where the baseline holds several runs, the first one counts. */
    static List<SamplePair> of(List<ScoredSample> tonight, List<ScoredSample> baseline, List<String> unbaselined) {
        SortedMap<SampleKey, ScoredSample> approved = byKey(baseline);
        List<SamplePair> pairs = new ArrayList<>();
        byKey(tonight).forEach((key, sample) -> {
            ScoredSample counterpart = approved.get(key);
            if (counterpart != null && !unbaselined.contains(key.casePath())) {
                pairs.add(new SamplePair(key, SampleView.of(sample), SampleView.of(counterpart)));
            }
        });
        return pairs;
    }

    private static SortedMap<SampleKey, ScoredSample> byKey(List<ScoredSample> samples) {
        SortedMap<SampleKey, ScoredSample> byKey = new TreeMap<>();
        samples.forEach(sample -> byKey.putIfAbsent(sample.sample().key(), sample));
        return byKey;
    }
}
