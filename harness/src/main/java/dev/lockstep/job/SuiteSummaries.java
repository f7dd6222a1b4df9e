package dev.lockstep.job;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.Plan;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.Suite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The mean scores of a run, suite by suite. */
final class SuiteSummaries {
    private SuiteSummaries() {}

    static List<RunResult.SuiteSummary> of(Plan plan, Judging.Judged judged) {
        List<RunResult.SuiteSummary> summaries = new ArrayList<>();
        for (Suite suite : plan.suites()) {
            List<SampleKey> scored =
                    of(suite, judged.tonight().scores().scores().keySet());
            if (suite.role() == Suite.Role.SCORES && !scored.isEmpty()) {
                summaries.add(summary(suite, judged, scored));
            }
        }
        return summaries;
    }

    /** Both means are over the samples that can be compared; where none can, tonight's is over all. */
    private static RunResult.SuiteSummary summary(Suite suite, Judging.Judged judged, List<SampleKey> scored) {
        ScoreTable then = judged.baseline().first().manifest().scores();
        ScoreTable now = judged.tonight().scores();
        List<SampleKey> comparable = of(suite, judged.comparable());
        boolean none = comparable.isEmpty();
        long flipped = comparable.stream()
                .filter(key -> then.isRight(key) != now.isRight(key))
                .count();
        return new RunResult.SuiteSummary(
                suite.id(),
                scored.size(),
                mean(now, none ? scored : comparable),
                none ? Optional.empty() : Optional.of(mean(then, comparable)),
                (int) flipped);
    }

    private static List<SampleKey> of(Suite suite, Collection<SampleKey> keys) {
        return keys.stream().filter(key -> key.suite().equals(suite.id())).toList();
    }

    private static double mean(ScoreTable scores, List<SampleKey> keys) {
        return keys.stream().mapToDouble(scores::value).average().orElse(0);
    }
}
