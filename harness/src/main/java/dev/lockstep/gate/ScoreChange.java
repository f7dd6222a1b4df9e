package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.Newcombe;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.PairedCounts;
import java.util.Locale;

/**
 * What the flips of scored samples say: a change by exact McNemar, "the same" when the score test of Tango rules a loss of the
 * margin out. Newcombe's interval shows how large a change is, and decides nothing.
 */
record ScoreChange(PairedCounts counts, GatePolicy policy) {
    private static final double SAME_LEVEL = 0.05;
    /** A 90 % interval is a one-sided 95 % bound on each side. */
    private static final double SHOWN_LEVEL = 0.9;

    private static final int MOST_TIMES = 100;

    double pValue() {
        return McNemar.exact(counts.losses(), counts.gains()).pValue();
    }

    /** Says whether a loss of the margin is ruled out; whether there is a change at all, the screen says. */
    Result result() {
        return lossAtMargin() <= SAME_LEVEL ? Result.SAME : Result.UNDECIDED;
    }

    /** Returns the smallest change that a test of this level calls one. */
    String reach(double level) {
        int flips = McNemar.fewestFlips(level);
        int items = counts.items();
        return flips > items
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d samples of %d flipping one way (%.1f pp of score)",
                        flips,
                        items,
                        100.0 * flips / items);
    }

    String effect() {
        if (isSignificant()) {
            return flips() + interval();
        }
        return saysNothing() ? flips() + loss("is not ruled out") + "; " + remedy() : flips() + loss("is ruled out");
    }

    /** Returns whether there is neither a change to be seen nor a loss to be ruled out. */
    boolean saysNothing() {
        return !isSignificant() && result() == Result.UNDECIDED;
    }

    private boolean isSignificant() {
        return pValue() <= policy.level("L4");
    }

    private double lossAtMargin() {
        return NonInferiority.test(counts, policy.margins().scores()).pValue();
    }

    private String flips() {
        return String.format(
                Locale.ROOT,
                "%d lost, %d gained; change %+.1f pp, ",
                counts.losses(),
                counts.gains(),
                100 * counts.difference());
    }

    private String interval() {
        Interval change = Newcombe.paired(counts, SHOWN_LEVEL);
        return String.format(Locale.ROOT, "90 %% interval %+.1f to %+.1f pp", 100 * change.low(), 100 * change.high());
    }

    private String loss(String isRuledOut) {
        return String.format(
                Locale.ROOT,
                "a loss of %.1f pp %s (p %.3f)",
                100 * policy.margins().scores(),
                isRuledOut,
                lossAtMargin());
    }

    /** Asks the tests themselves: the same shares of losses and gains among so many times more samples. */
    private String remedy() {
        for (int times = 2; times <= MOST_TIMES && counts.items() <= Integer.MAX_VALUE / times; times++) {
            ScoreChange then = times(times);
            if (then.isSignificant() || then.result() == Result.SAME) {
                return (counts.losses() + counts.gains() == 0
                                ? "without a flip, "
                                : "if as large a share flips again, ")
                        + times * counts.items() + " samples would "
                        + (then.isSignificant() ? "call it drift" : "rule it out") + ", there are " + counts.items();
            }
        }
        return "no number of samples that flip in these shares would decide within " + MOST_TIMES + " times the "
                + counts.items() + " there are; widen 'scores' of margins in gate.yaml, or mend the suite";
    }

    private ScoreChange times(int times) {
        return new ScoreChange(
                new PairedCounts(
                        times * counts.both(), times * counts.gains(), times * counts.losses(), times * counts.none()),
                policy);
    }
}
