package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDistance;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.Proportion;
import dev.lockstep.stats.ProportionInterval;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a detector of fingerprints says of what it measured.
 *
 * @param compared how many answers were compared
 * @param bare how many of them came without tokens
 * @param forced how many of them chose other tokens, and were made to follow the baseline's
 * @param lost how many prompts of the baseline could not be compared, for tonight they have other tokens or none
 */
record FingerprintWords(FingerprintAspect aspect, int compared, int bare, int forced, int lost) {
    static FingerprintWords of(FingerprintAspect aspect, Baseline baseline, Tonight tonight, List<SampleKey> compared) {
        List<Answer> answers =
                compared.stream().flatMap(key -> tonight.answer(key).stream()).toList();
        return new FingerprintWords(
                aspect,
                compared.size(),
                count(answers, answer -> aspect.tokens(answer).isEmpty()),
                aspect == FingerprintAspect.LOGPROBS
                        ? count(answers, answer -> !answer.forced().decode().isEmpty())
                        : 0,
                count(
                        tonight.fingerprintKeys().stream()
                                .filter(key -> !compared.contains(key))
                                .flatMap(key -> baseline.first().answer(key, tonight.caseHash(key)).stream())
                                .toList(),
                        answer -> !aspect.tokens(answer).isEmpty()));
    }

    private static int count(List<Answer> answers, Predicate<Answer> wanted) {
        return (int) answers.stream().filter(wanted).count();
    }

    String identical() {
        return switch (aspect) {
            case TOKENS ->
                bare == 0
                        ? "IDENTICAL: every token is the baseline's"
                        : "IDENTICAL as far as it could be compared: " + withoutTokens()
                                + ", and only their text is known to be the baseline's";
            case LOGPROBS -> "IDENTICAL: every log-probability is the baseline's, to the last bit";
            case PREFILL ->
                "IDENTICAL: every log-probability of the baseline's tokens, read as a prompt, is the baseline's, to the last bit";
        };
    }

    /** Returns the smallest change that equality sees. */
    String smallest() {
        return switch (aspect) {
            case TOKENS -> "one token of one answer";
            case LOGPROBS, PREFILL -> "one bit of one log-probability";
        };
    }

    /** Tells tonight's distance beside those of unchanged runs. */
    String told(RunDistances distances) {
        String unchanged = ", unchanged runs " + number(distances.least()) + " to " + number(distances.most())
                + " (39 of 40 below " + number(distances.usual()) + ")";
        return switch (aspect) {
            case TOKENS ->
                number(distances.tonight()) + " of the answers are others than in an approved run" + unchanged;
            case LOGPROBS, PREFILL ->
                "mean |Δlogprob| " + number(distances.tonight()) + unchanged + unseen() + followed();
        };
    }

    /** Tells how large the difference is, in the units of the margins. */
    String size(FingerprintSize size) {
        return switch (aspect) {
            case TOKENS -> "; the mean length moved by " + number(size.lengthChange());
            case LOGPROBS, PREFILL ->
                size.places() == 0
                        ? "; no alternatives to measure a divergence by"
                        : String.format(
                                Locale.ROOT,
                                "; KL %s nats a token (%sapproved runs up to %s), the likeliest token is the same at %.1f %% of %d"
                                        + " places",
                                nats(size.divergence()),
                                interval(size.interval()),
                                nats(size.floor()),
                                100 * size.topAgreement(),
                                size.places());
        };
    }

    /** One prompt alone says nothing of others. */
    private static String interval(Interval interval) {
        return Double.isInfinite(interval.high())
                ? ""
                : "95 % interval " + nats(interval.low()) + " to " + nats(interval.high()) + ", ";
    }

    /**
     * Tells the interval of the share of answers that differ, where each differs by itself: not where a run shares its noise.
     * Log-probabilities are measured, not counted.
     */
    String share(int differing) {
        if (aspect != FingerprintAspect.TOKENS) {
            return "";
        }
        Interval share = ProportionInterval.wilson(new Proportion(differing, compared), Interval.TOLD);
        return "; 95 % interval of the share that differs " + number(share.low()) + " to " + number(share.high());
    }

    /** Tells what is counted, and not judged. */
    String incomparable() {
        return lost == 0 || aspect == FingerprintAspect.TOKENS ? "" : "; " + lost + " prompts could not be compared";
    }

    /** Tells the smallest distance that a test sees. */
    String reach(double distance) {
        return switch (aspect) {
            case TOKENS -> number(distance) + " of the answers being others than in an approved run";
            case LOGPROBS, PREFILL -> "mean |Δlogprob| " + number(distance) + " from the approved runs";
        };
    }

    private static String nats(double divergence) {
        return divergence == 0 ? "0" : String.format(Locale.ROOT, "%.2g", divergence);
    }

    private String number(double distance) {
        return switch (aspect) {
            case TOKENS -> String.format(Locale.ROOT, "%.1f %%", 100 * distance);
            case LOGPROBS, PREFILL -> String.format(Locale.ROOT, "%.2e", distance);
        };
    }

    private String unseen() {
        return bare == 0 ? "" : "; " + withoutTokens() + ", and count as " + (int) AnswerDistance.UNSEEN;
    }

    private String followed() {
        return forced == 0 ? "" : "; " + forced + " answers chose other tokens, and were made to follow the baseline's";
    }

    private String withoutTokens() {
        return bare + " of " + compared + " answers came without tokens";
    }
}
