package dev.lockstep.gate;

import dev.lockstep.client.Exchange;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether a run asked what it planned. */
final class Completeness {
    private static final int SHOWN = 3;
    private static final int REFUSALS_IN_A_ROW = 5;

    private Completeness() {}

    static List<String> problems(Tonight tonight, GatePolicy policy) {
        List<String> problems = new ArrayList<>();
        List<SampleKey> unasked = tonight.planned().stream()
                .filter(key -> tonight.sample(key).isEmpty())
                .toList();
        if (!unasked.isEmpty()) {
            problems.add(unasked.size() + " of " + tonight.planned().size()
                    + " planned samples were never asked, first " + unasked.getFirst()
                    + "; the endpoint was given up. Start the same command again when it is back");
        }
        List<Sample> failed = tonight.log().samples().values().stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.FAILED)
                .toList();
        if (failed.size() > policy.maxFailed() * tonight.planned().size()) {
            problems.add(failed.size() + " of " + tonight.planned().size() + " samples failed in the infrastructure: "
                    + examples(failed));
        }
        if (!hasControl(tonight)) {
            problems.add(
                    "the stack refused " + REFUSALS_IN_A_ROW
                            + " samples in a row, or all, and answered none after them: that is an outage, not behaviour; see to the server");
        }
        return problems;
    }

    /** A refusal is behaviour only while the stack answers other cases. */
    private static boolean hasControl(Tonight tonight) {
        List<Sample.Outcome> outcomes = tonight.log().samples().values().stream()
                .sorted(Comparator.comparing(
                        sample -> sample.exchange().timing().queued()))
                .map(Sample::outcome)
                .toList();
        int lastAnswer = outcomes.lastIndexOf(Sample.Outcome.ANSWERED);
        boolean refusedAll = lastAnswer < 0 && outcomes.contains(Sample.Outcome.REFUSED);
        return !refusedAll && outcomes.size() - 1 - lastAnswer < REFUSALS_IN_A_ROW;
    }

    private static String examples(List<Sample> failed) {
        return String.join(
                "; ",
                failed.stream()
                        .limit(SHOWN)
                        .map(sample -> sample.key() + " (" + reason(sample.exchange()) + ")")
                        .toList());
    }

    private static String reason(Exchange exchange) {
        return exchange.attempts().isEmpty()
                ? "status " + exchange.status() + ", but the body is no chat completion"
                : exchange.attempts().getLast().error();
    }
}
