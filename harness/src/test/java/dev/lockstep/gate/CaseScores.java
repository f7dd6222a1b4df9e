package dev.lockstep.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Scores of cases for tests. */
final class CaseScores {
    private CaseScores() {}

    /** Cases beside one approved run: right in both, gained, lost, and wrong in both. */
    static ScoreCases pairs(int both, int gains, int losses, int none) {
        return of(
                times(both, moved(1, 1)),
                times(gains, moved(0, 1)),
                times(losses, moved(1, 0)),
                times(none, moved(0, 0)));
    }

    /** Cases with the same score in so many approved runs and tonight. */
    static ScoreCases unmoved(int cases, int runs, double score) {
        return new ScoreCases(times(cases, new CaseScore(Collections.nCopies(runs, score), score)));
    }

    /** So many cases that were right and are, and others. */
    static ScoreCases with(int right, List<CaseScore> others) {
        return of(times(right, moved(1, 1)), others);
    }

    static CaseScore moved(double then, double now) {
        return new CaseScore(List.of(then), now);
    }

    static List<CaseScore> times(int cases, CaseScore each) {
        return Collections.nCopies(cases, each);
    }

    @SafeVarargs
    static ScoreCases of(List<CaseScore>... kinds) {
        List<CaseScore> all = new ArrayList<>();
        for (List<CaseScore> kind : kinds) {
            all.addAll(kind);
        }
        return new ScoreCases(all);
    }
}
