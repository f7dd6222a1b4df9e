package dev.lockstep.gate;

import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Finding.Result;
import java.util.Locale;

/**
 * What scores say of which nobody knows how much they vary from start to start: nothing tells one that moved from noise, and cases of
 * which none moved are a sample like any other.
 *
 * @param moved how many samples have another score
 */
record OpenScores(ScoreChange change, Calibration calibration, int moved) {
    static final String REACH = "one answer that changes its score, which leaves the verdict open";

    boolean isUnmoved() {
        return moved == 0;
    }

    Result result() {
        return isUnmoved() ? change.result() : Result.UNDECIDED;
    }

    String effect() {
        return change.effect();
    }

    /**
     * Tells what moved, and what would tell it from noise.
     *
     * @param test takes every case for independent, which those of one start are not
     * @param runs of the baseline that would measure the noise
     */
    String moved(CaseTest test, int runs) {
        return String.format(
                Locale.ROOT,
                "%s; not deciding: p %.2g by cases (%s), for nobody knows how much unchanged runs differ: %s; where unchanged"
                        + " scores differ, %d runs in all",
                effect(),
                test.pValue(),
                test.basis(),
                calibration.missing(),
                runs);
    }

    /** Returns what would show that scores of which none moved are the same; empty where some did, or are. */
    String remedy() {
        return isUnmoved() && result() == Result.UNDECIDED
                ? change.remedy() + "; or prove that scores repeat: " + calibration.missing()
                : "";
    }
}
