package dev.lockstep.gate;

import dev.lockstep.run.Profile;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person decided about verdicts, in {@code gate.yaml}.
 *
 * @param profile how much of its suites a run asks
 * @param judging how a difference is judged
 * @param levels of the tests that can say DRIFT
 * @param weights of the detectors in the screen, each positive; they share the level in this proportion
 * @param reach by detector, the smallest change that it must be able to see for a PASS: L1 a share of answers with other tokens, L2
 *     mean |Δ log-probability| in nats, L3 a change of the similarity of samples, from 0 to 1
 * @param tiers which suites decide
 * @param maxFailed share of samples that may fail in the infrastructure, 0 to 0.02
 * @param minCompared share of planned cases that the baseline must hold, 0 to 1
 */
public record GatePolicy(
        Profile profile,
        Judging judging,
        Levels levels,
        SortedMap<String, Double> weights,
        Margins margins,
        SortedMap<String, Double> reach,
        Tiers tiers,
        double maxFailed,
        double minCompared,
        List<Waiver> waivers) {
    static final Map<String, Double> WEIGHTS = Map.of("L1", .25, "L2", .25, "L3", .2, "L4", .3);
    static final Map<String, Double> REACH = Map.of("L1", .9, "L2", .2, "L3", .2);

    public GatePolicy {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        reach = Collections.unmodifiableSortedMap(new TreeMap<>(reach));
        waivers = List.copyOf(waivers);
    }

    /** How a difference is judged. */
    public enum Judging {
        /** By the noise that was measured between the baseline's runs. */
        CALIBRATED,
        /** Any difference is drift, as a plain diff would say: shows what calibration is for. */
        EQUALITY
    }

    /**
     * Levels of significance.
     *
     * @param screen shared by all detectors on the run itself, in (0, 0.5)
     * @param confirm of a detector that fired, on fresh samples, in (0, 0.5)
     */
    public record Levels(double screen, double confirm) {}

    /**
     * How much may change before it matters; a change inside every margin is still drift.
     *
     * @param scores the loss of mean score that would still be "the same", in (0, 1)
     * @param divergence mean Kullback-Leibler divergence of a token, in nats, beside the noise
     * @param length relative change of the answers' mean length
     */
    public record Margins(double scores, double divergence, double length) {}

    /**
     * An agreement to let an undecided detector pass for a while.
     *
     * @param name of the detector, {@code L3}
     * @param reason in the words of whoever agreed
     * @param expires the last day on which it holds
     */
    public record Waiver(String name, String reason, LocalDate expires) {}

    public static GatePolicy defaults() {
        return new GatePolicy(
                Profile.NIGHTLY,
                Judging.CALIBRATED,
                new Levels(.05, .02),
                new TreeMap<>(WEIGHTS),
                new Margins(.02, 1e-4, .05),
                new TreeMap<>(REACH),
                Tiers.none(),
                0,
                .8,
                List.of());
    }

    /**
     * Returns the least level that a finding has in the screen, whatever else fires.
     *
     * @param detector {@code L1} to {@code L4}
     * @param sharing how many of its findings, halves or tiers, share its level; at least 1
     */
    public double level(String detector, long sharing) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return levels.screen() * weights.getOrDefault(detector, 0.0) / all / sharing;
    }

    public GatePolicy withJudging(Judging other) {
        return new GatePolicy(profile, other, levels, weights, margins, reach, tiers, maxFailed, minCompared, waivers);
    }
}
