package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.Newcombe;
import java.util.Locale;

/**
 * How much the cases of a tier moved, and whether that rules a loss of the margin out. The interval shows how large the change
 * is, and decides nothing.
 */
record ScoreChange(ScoreCases cases, double margin) {
    static final double SAME_LEVEL = 0.05;
    /** A 90 % interval is a one-sided 95 % bound on each side. */
    private static final double SHOWN_LEVEL = 0.9;

    /** Says whether a loss of the margin is ruled out; whether there is a change at all, the screen says. */
    Result result() {
        return lossAtMargin() <= SAME_LEVEL ? Result.SAME : Result.UNDECIDED;
    }

    /** Returns the smallest change that a test of this level calls one. */
    String reach(double level) {
        int flips = fewestFlips(level, cases.fewestRuns());
        return flips > cases.size()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d cases of %d flipping one way (%.1f pp of score)",
                        flips,
                        cases.size(),
                        100.0 * flips / cases.size());
    }

    /**
     * Returns how many cases that were the same in every approved run must flip one way: with one run (½)ⁿ of the exchanges go as
     * far to one side and as many to the other, with R runs (1 / (R + 1))ⁿ go as far, and none as far to the other side.
     */
    private static int fewestFlips(double level, int runs) {
        return runs < 2 ? McNemar.fewestFlips(level) : (int) Math.ceil(Math.log(level) / -Math.log(runs + 1.0));
    }

    String effect() {
        return String.format(
                Locale.ROOT,
                "%d of %d cases fell, %d rose; change %+.1f pp; a loss of %.1f pp %s (p %.3f)",
                cases.fell(),
                cases.size(),
                cases.rose(),
                100 * cases.meanChange(),
                100 * margin,
                result() == Result.SAME ? "is ruled out" : "is not ruled out",
                lossAtMargin());
    }

    /** Tells how large the change is. */
    String interval() {
        Interval change = cases.counts()
                .map(counts -> Newcombe.paired(counts, SHOWN_LEVEL))
                .orElseGet(() -> MeanEstimate.of(cases.changes()).interval(SHOWN_LEVEL));
        return String.format(
                Locale.ROOT,
                "90 %% interval of the change %+.1f to %+.1f pp",
                100 * Math.max(-1, change.low()),
                100 * Math.min(1, change.high()));
    }

    private double lossAtMargin() {
        return cases.lossAtMargin(margin, 1);
    }
}
