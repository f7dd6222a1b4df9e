package dev.lockstep.junit;

import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.EvalCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * What a stack answered to one case.
 *
 * @param samples in the order of the repetitions; fewer when the endpoint was given up
 * @param then the baseline's first run
 */
record AskedCase(EvalCase evalCase, List<ScoredSample> samples, BaselineRun then) {

    AskedCase {
        samples = List.copyOf(samples);
    }

    /** Returns one entry a sample: its outcome, and its score tonight and then. */
    List<ReportEntry> entries() {
        return samples.stream().map(this::entry).map(ReportEntry::from).toList();
    }

    /** Fails when the infrastructure lost a sample. */
    void requireAnswers() {
        for (ScoredSample each : samples) {
            if (each.sample().outcome() == Sample.Outcome.FAILED) {
                throw new LockstepException(
                        ErrorKind.ENDPOINT,
                        each.sample().key() + ": no answer, "
                                + each.sample().exchange().failure());
            }
        }
        int planned = evalCase.seeds().size();
        if (samples.size() < planned) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    evalCase.path() + ": " + (planned - samples.size()) + " of " + planned
                            + " samples were never asked, because the endpoint was given up; see to it and run again");
        }
    }

    private Map<String, String> entry(ScoredSample scored) {
        SampleKey key = scored.sample().key();
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("sample", key.toString());
        entry.put("outcome", scored.sample().outcome().name().toLowerCase(Locale.ROOT));
        if (scored.scores().isEmpty()) {
            return entry;
        }
        ScoreTable tonight = new ScoreTable(new TreeMap<>(Map.of(key, scored.scores())));
        entry.put("score", number(tonight.value(key)));
        if (then.sample(key, evalCase.hash()).isPresent()) {
            ScoreTable before = then.manifest().scores();
            entry.put("baselineScore", number(before.value(key)));
            entry.put("flipped", String.valueOf(before.isRight(key) != tonight.isRight(key)));
        }
        return entry;
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }
}
