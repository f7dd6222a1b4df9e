package dev.lockstep.score;

/** Makes the scores of one scorer. */
record Judgement(String label) {

    static Judgement by(Scorer scorer) {
        return new Judgement(scorer.name() + "@" + scorer.version());
    }

    Score right(String detail) {
        return new Score(label, 1, Score.Outcome.SCORED, detail);
    }

    Score wrong(String detail) {
        return new Score(label, 0, Score.Outcome.SCORED, detail);
    }

    Score unparseable(String detail) {
        return new Score(label, 0, Score.Outcome.UNPARSEABLE, detail);
    }
}
