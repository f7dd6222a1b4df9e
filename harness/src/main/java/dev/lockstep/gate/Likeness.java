package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How like a run is to runs of one stack that nobody approved: bit by bit where these repeat each other so, else by the distance
 * between whole runs.
 */
public final class Likeness {
    private static final ScoreTable NO_SCORES = new ScoreTable(new TreeMap<>());
    private static final List<FingerprintAspect> ASPECTS =
            List.of(FingerprintAspect.TOKENS, FingerprintAspect.LOGPROBS);

    private final Baseline runs;

    private Likeness(Baseline runs) {
        this.runs = runs;
    }

    /**
     * Takes what one stack answered.
     *
     * @param starts a run of each server start, at least one
     */
    public static Likeness to(List<RunLog> starts) {
        List<BaselineRun> runs = starts.stream()
                .map(log -> new BaselineRun(new RunManifest(log.header(), NO_SCORES, ""), log))
                .toList();
        String lockId = starts.getFirst().header().lockId();
        return new Likeness(new Baseline(lockId, runs, List.of(), "", ""));
    }

    /** Tells whether every start answered as the first, bit by bit. */
    public boolean isExact() {
        return runs.runs().stream()
                .allMatch(run -> differences(run.log()).findFirst().isEmpty());
    }

    /** Returns the first difference from the first run, in tokens or else in log-probabilities; empty when there is none. */
    public Optional<Evidence> difference(RunLog other) {
        return differences(other).findFirst();
    }

    /**
     * Returns how likely an unchanged start lies as far out, by the run-level t of tokens and log-probabilities together
     * (Bonferroni); needs two starts at least.
     */
    public double pValue(RunLog other) {
        Tonight tonight = tonight(other);
        double least = ASPECTS.stream()
                .mapToDouble(aspect -> new RunDistances(aspect, runs, List.of(tonight), tonight.planned()).pValue())
                .min()
                .orElse(1);
        return Math.min(1, ASPECTS.size() * least);
    }

    private Stream<Evidence> differences(RunLog other) {
        return ASPECTS.stream().flatMap(aspect -> Fingerprints.of(aspect, runs, tonight(other)).differences().stream());
    }

    /** Every suite is compared token by token here, whatever its answers are for. */
    private static Tonight tonight(RunLog log) {
        List<SampleKey> keys = List.copyOf(log.samples().keySet());
        Set<String> suites = keys.stream().map(SampleKey::suite).collect(Collectors.toSet());
        return new Tonight(keys, suites, Set.of(), log, NO_SCORES);
    }
}
