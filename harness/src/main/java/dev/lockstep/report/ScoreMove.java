package dev.lockstep.report;

import dev.lockstep.score.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A score of one sample that is not what it was in the baseline. */
record ScoreMove(SamplePair pair, Score baseline, Score tonight) {

    private static final Comparator<ScoreMove> WORST_FIRST =
            Comparator.comparingDouble(ScoreMove::change).thenComparing(move -> move.pair.key());

    /** Returns the scores that moved, the worst first; scorers that only one side has are left out. */
    static List<ScoreMove> of(List<SamplePair> pairs) {
        List<ScoreMove> moves = new ArrayList<>();
        for (SamplePair pair : pairs) {
            for (Score score : pair.tonight().scored().scores()) {
                counterpart(pair, score)
                        .filter(before -> before.value() != score.value() || before.outcome() != score.outcome())
                        .ifPresent(before -> moves.add(new ScoreMove(pair, before, score)));
            }
        }
        moves.sort(WORST_FIRST);
        return moves;
    }

    /** Returns tonight's value less the baseline's. */
    double change() {
        return tonight.value() - baseline.value();
    }

    /** Returns what happened, in words: {@code wrong now}, {@code right now}, {@code worse}, {@code better}. */
    String words() {
        if (change() == 0) {
            return "judged differently";
        }
        if (change() < 0) {
            return tonight.value() == 0 ? "wrong now" : "worse";
        }
        return tonight.value() == 1 ? "right now" : "better";
    }

    private static Optional<Score> counterpart(SamplePair pair, Score score) {
        return pair.baseline().scored().scores().stream()
                .filter(before -> before.scorer().equals(score.scorer()))
                .findFirst();
    }
}
