package dev.lockstep.gate;

import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;

/** Whether a run asked what it planned. */
final class Completeness {
    private static final int SHOWN = 3;

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
        long failedBeside = tonight.log().failedBeside();
        if (failedBeside > 0) {
            problems.add(failedBeside
                    + " requests that score the baseline's tokens failed in the infrastructure; start the same"
                    + " command again");
        }
        if (tonight.log().endsInOutage()) {
            problems.add(outage(tonight.log()));
        }
        return problems;
    }

    private static String outage(RunLog log) {
        boolean answered =
                log.samples().values().stream().anyMatch(sample -> sample.outcome() == Sample.Outcome.ANSWERED);
        return answered
                ? "the stack refused its last " + RunLog.REFUSALS_IN_A_ROW
                        + " samples or more, and nothing shows that it still answers what it answered before them and still refuses"
                        + " them: that is an outage, not behaviour; see to the server"
                : "the stack refused every sample: nothing tells that from an outage; see to the server";
    }

    private static String examples(List<Sample> failed) {
        return String.join(
                "; ",
                failed.stream()
                        .limit(SHOWN)
                        .map(sample -> sample.key() + " (" + sample.exchange().failure() + ")")
                        .toList());
    }
}
