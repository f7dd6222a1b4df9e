package dev.lockstep.job;

import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.score.Score;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.EvalCase;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Scores samples by their cases, from what the run log holds and nothing else. */
public final class Scoring {
    private final Scorers scorers = Scorers.standard();
    private final Map<String, EvalCase> cases;

    public Scoring(List<EvalCase> cases) {
        this.cases = cases.stream().collect(Collectors.toMap(EvalCase::path, Function.identity()));
    }

    /** Scores every sample of a log. */
    public ScoredLog score(RunLog log) {
        return new ScoredLog(
                log, log.samples().values().stream().map(this::score).toList());
    }

    /** Scores one sample; a case that this plan does not hold has no scores. */
    public ScoredSample score(Sample sample) {
        EvalCase evalCase = cases.get(sample.key().casePath());
        if (evalCase == null) {
            return new ScoredSample(sample, List.of());
        }
        return new ScoredSample(
                sample,
                switch (sample.outcome()) {
                    case ANSWERED ->
                        AnswerReader.read(sample.exchange().body())
                                .map(answer -> scorers.score(evalCase, answer))
                                .orElse(List.of());
                    case REFUSED ->
                        evalCase.scorers().stream()
                                .map(scorer -> new Score(
                                        scorer.label(), 0, Score.Outcome.REFUSED, "the stack refused the request"))
                                .toList();
                    case FAILED -> List.of();
                });
    }
}
