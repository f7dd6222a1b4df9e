package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDistance;
import dev.lockstep.baseline.FingerprintAspect;
import java.util.Locale;

/**
 * What a detector of fingerprints says of what it measured.
 *
 * @param compared how many answers were compared
 * @param bare how many of them came without tokens
 */
record FingerprintWords(FingerprintAspect aspect, int compared, int bare) {

    String identical() {
        return switch (aspect) {
            case TOKENS ->
                bare == 0
                        ? "IDENTICAL: every token is the baseline's"
                        : "IDENTICAL as far as it could be compared: " + withoutTokens()
                                + ", and only their text is known to be the baseline's";
            case LOGPROBS -> "IDENTICAL: every log-probability is the baseline's, to the last bit";
        };
    }

    /** Returns the smallest change that equality sees. */
    String smallest() {
        return switch (aspect) {
            case TOKENS -> "one token of one answer";
            case LOGPROBS -> "one bit of one log-probability";
        };
    }

    /** Tells tonight's distance beside those of unchanged runs. */
    String told(RunDistances distances) {
        String unchanged = ", unchanged runs " + number(distances.least()) + " to " + number(distances.most());
        return switch (aspect) {
            case TOKENS ->
                number(distances.tonight()) + " of the answers are others than in an approved run" + unchanged;
            case LOGPROBS -> "mean |Δlogprob| " + number(distances.tonight()) + unchanged + unseen();
        };
    }

    /** Tells the smallest distance that a test sees. */
    String reach(double distance) {
        return switch (aspect) {
            case TOKENS -> number(distance) + " of the answers being others than in an approved run";
            case LOGPROBS -> "mean |Δlogprob| " + number(distance) + " from the approved runs";
        };
    }

    private String number(double distance) {
        return switch (aspect) {
            case TOKENS -> String.format(Locale.ROOT, "%.1f %%", 100 * distance);
            case LOGPROBS -> String.format(Locale.ROOT, "%.2e", distance);
        };
    }

    private String unseen() {
        return bare == 0 ? "" : "; " + withoutTokens() + ", and count as " + (int) AnswerDistance.UNSEEN;
    }

    private String withoutTokens() {
        return bare + " of " + compared + " answers came without tokens";
    }
}
