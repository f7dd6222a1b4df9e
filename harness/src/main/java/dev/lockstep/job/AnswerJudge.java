package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.Likeness;
import dev.lockstep.stack.Probes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says whether a stack answers as another that was asked at several starts.
 *
 * <p>Where these repeat each other bit by bit, one other bit is a difference. Else whole runs are held against them, and what
 * lies too far out must do so again at another start: the levels of the screen and of its confirmation.
 */
final class AnswerJudge {
    /** So many starts measure a noise; fewer show that there is none. */
    static final int NOISY_STARTS = 8;

    static final int EXACT_STARTS = 2;

    private final Likeness likeness;
    private final Probes probes;
    private final int starts;
    private final boolean exact;

    AnswerJudge(List<BisectedStack.Asked> starts) {
        this.likeness =
                Likeness.to(starts.stream().map(BisectedStack.Asked::log).toList());
        this.probes = starts.getFirst().probes();
        this.starts = starts.size();
        this.exact = likeness.isExact();
    }

    boolean isExact() {
        return exact;
    }

    /** Returns how it judges, in words. */
    String words() {
        return exact
                ? "by equality: " + starts + " starts of the first stack answered alike, bit by bit"
                : "by distance: " + starts + " starts of the first stack differ among themselves (run-level t, "
                        + GatePolicy.defaults().levels().screen() + ", then "
                        + GatePolicy.defaults().levels().confirm() + " at another start)";
    }

    /**
     * Returns what differs, in words; empty when the stack answers alike.
     *
     * @param again asks another start of it
     */
    Optional<String> difference(BisectedStack.Asked asked, Supplier<BisectedStack.Asked> again) {
        return (exact ? first(asked) : far(asked, again)).or(() -> probes(asked.probes()));
    }

    private Optional<String> first(BisectedStack.Asked asked) {
        return likeness.difference(asked.log()).map(AnswerJudge::words);
    }

    private Optional<String> far(BisectedStack.Asked asked, Supplier<BisectedStack.Asked> again) {
        double screen = likeness.pValue(asked.log());
        if (screen > GatePolicy.defaults().levels().screen()) {
            return Optional.empty();
        }
        double confirm = likeness.pValue(again.get().log());
        return confirm > GatePolicy.defaults().levels().confirm()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "answers lie further out (p = %.2g, at another start %.2g)", screen, confirm));
    }

    private static String words(Evidence found) {
        return found.key() + ": " + found.what() + " " + found.baseline() + ", then " + found.tonight();
    }

    /** What no answer shows may still be told by what the server makes of fixed conversations. */
    private Optional<String> probes(Probes others) {
        for (var expected : probes.rendered().entrySet()) {
            Probes.Rendered found = others.rendered().get(expected.getKey());
            if (found != null && !found.equals(expected.getValue())) {
                boolean isText = !found.text().equals(expected.getValue().text());
                return Optional.of(
                        "probe " + expected.getKey() + ": another " + (isText ? "rendered text" : "list of token ids"));
            }
        }
        return sampling(others);
    }

    private Optional<String> sampling(Probes others) {
        for (var expected : probes.sampling().entrySet()) {
            JsonNode found = others.sampling().get(expected.getKey());
            if (found != null && !found.equals(expected.getValue())) {
                return Optional.of(
                        "effective sampling, " + expected.getKey() + ": " + expected.getValue() + ", then " + found);
            }
        }
        return Optional.empty();
    }
}
