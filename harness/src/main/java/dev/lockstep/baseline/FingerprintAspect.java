package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Token;
import java.util.List;
import java.util.Optional;

/** One side of a fingerprint, compared by a detector of its own so that one change is not counted twice. */
public enum FingerprintAspect {
    /** The tokens, what was made of them, how the answer ended, and how many tokens its prompt had. */
    TOKENS("L1") {
        @Override
        public boolean comparable(Answer baseline, Answer tonight) {
            return true;
        }

        @Override
        public Optional<AnswerDifference> difference(Answer baseline, Answer tonight) {
            return AnswerDifference.ids(baseline.tokens(), tonight.tokens())
                    .or(() -> AnswerDifference.beyondTokens(baseline, tonight));
        }

        @Override
        public double distance(Answer baseline, Answer tonight) {
            return difference(baseline, tonight).isPresent() ? 1 : 0;
        }
    },

    /**
     * The log-probabilities of the generated tokens, as long as both answers generated the same; their distance goes on along the
     * tokens that an answer was made to generate.
     */
    LOGPROBS("L2") {
        @Override
        public boolean comparable(Answer baseline, Answer tonight) {
            return !baseline.tokens().isEmpty() || !tonight.tokens().isEmpty();
        }

        @Override
        public Optional<AnswerDifference> difference(Answer baseline, Answer tonight) {
            return AnswerDifference.logprobs(baseline.tokens(), tonight.tokens());
        }

        @Override
        public double distance(Answer baseline, Answer tonight) {
            return AnswerDistance.between(tokens(baseline), tokens(tonight));
        }

        @Override
        public List<Token> tokens(Answer answer) {
            return answer.scored();
        }
    },

    /** The log-probabilities of the baseline's tokens, read as a part of the prompt. */
    PREFILL("L2 prefill") {
        @Override
        public boolean comparable(Answer baseline, Answer tonight) {
            return !tokens(baseline).isEmpty() && ids(baseline).equals(ids(tonight));
        }

        @Override
        public Optional<AnswerDifference> difference(Answer baseline, Answer tonight) {
            return AnswerDifference.logprobs(tokens(baseline), tokens(tonight));
        }

        @Override
        public double distance(Answer baseline, Answer tonight) {
            return AnswerDistance.between(tokens(baseline), tokens(tonight));
        }

        @Override
        public List<Token> tokens(Answer answer) {
            return answer.forced().prefill();
        }

        private List<Integer> ids(Answer answer) {
            return tokens(answer).stream().map(Token::id).toList();
        }
    };

    private final String detector;

    FingerprintAspect(String detector) {
        this.detector = detector;
    }

    /** Returns the detector that looks at it: {@code L1}. */
    public String detector() {
        return detector;
    }

    /** Returns whether this side is there to be compared; what only one of the answers has can be, and is different. */
    public abstract boolean comparable(Answer baseline, Answer tonight);

    /** Returns the first difference, bit by bit; empty when there is none. */
    public abstract Optional<AnswerDifference> difference(Answer baseline, Answer tonight);

    /** Returns the tokens that are compared. */
    public List<Token> tokens(Answer answer) {
        return answer.tokens();
    }

    /** Returns how far two answers lie apart: 0 or 1 of the tokens; nats for each token of the log-probabilities. */
    public abstract double distance(Answer baseline, Answer tonight);
}
