package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.Newcombe;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.PairedCounts;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How much the cases of a tier moved, and whether that rules a loss of the margin out. The interval shows how large the change
 * is, and decides nothing.
 */
record ScoreChange(ScoreCases cases, double margin) {
    private static final int MOST_CASES = 100_000;

    /** Says whether a loss of the margin is ruled out; whether there is a change at all, the screen says. */
    Result result() {
        return cases.lossAtMargin(margin) <= NonInferiority.LEVEL ? Result.SAME : Result.UNDECIDED;
    }

    String effect() {
        return String.format(
                Locale.ROOT,
                "%s; a loss of %.1f pp %s (p %.3f)",
                size(),
                100 * margin,
                result() == Result.SAME ? "is ruled out" : "is not ruled out",
                cases.lossAtMargin(margin));
    }

    /** Tells how large the change is. */
    String size() {
        Interval interval = interval();
        return String.format(
                Locale.ROOT,
                "%d of %d cases fell, %d rose; change %+.1f pp (95 %% interval %+.1f to %+.1f pp)",
                cases.fell(),
                cases.size(),
                cases.rose(),
                100 * cases.meanChange(),
                100 * Math.max(-1, interval.low()),
                100 * Math.min(1, interval.high()));
    }

    private Interval interval() {
        return cases.counts()
                .map(counts -> Newcombe.paired(counts, Interval.TOLD))
                .orElseGet(() -> MeanEstimate.of(cases.changes()).interval(Interval.TOLD));
    }

    /** Returns how many cases would rule the loss out, if none of them moved either. */
    String remedy() {
        String needed = IntStream.range(cases.size(), MOST_CASES)
                .filter(this::isEnough)
                .mapToObj(enough -> enough + " cases would rule it out")
                .findFirst()
                .orElse("more than " + MOST_CASES + " cases would rule it out");
        return "without a change, " + needed + ", there are " + cases.size();
    }

    private boolean isEnough(int unmoved) {
        return NonInferiority.test(new PairedCounts(unmoved, 0, 0, 0), margin).pValue() <= NonInferiority.LEVEL;
    }
}
