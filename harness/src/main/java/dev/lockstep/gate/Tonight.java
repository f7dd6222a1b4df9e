package dev.lockstep.gate;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerMemo;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The run that is judged. */
public final class Tonight {
    private final List<SampleKey> planned;
    private final Set<String> fingerprintSuites;
    private final Set<String> sampledSuites;
    private final RunLog log;
    private final ScoreTable scores;
    private final AnswerMemo<SampleKey> answers = new AnswerMemo<>();

    /**
     * Takes a run together.
     *
     * @param planned every key that the plan holds
     * @param fingerprintSuites ids of the suites whose answers are fingerprints
     * @param sampledSuites ids of the suites whose answers are sampled anew in each run
     */
    public Tonight(
            List<SampleKey> planned,
            Set<String> fingerprintSuites,
            Set<String> sampledSuites,
            RunLog log,
            ScoreTable scores) {
        this.planned = List.copyOf(planned);
        this.fingerprintSuites = Set.copyOf(fingerprintSuites);
        this.sampledSuites = Set.copyOf(sampledSuites);
        this.log = log;
        this.scores = scores;
    }

    public List<SampleKey> planned() {
        return planned;
    }

    Set<String> fingerprintSuites() {
        return fingerprintSuites;
    }

    Set<String> sampledSuites() {
        return sampledSuites;
    }

    public RunLog log() {
        return log;
    }

    public ScoreTable scores() {
        return scores;
    }

    List<SampleKey> sampledKeys() {
        return planned.stream()
                .filter(key -> sampledSuites.contains(key.suite()))
                .toList();
    }

    List<SampleKey> fingerprintKeys() {
        return planned.stream()
                .filter(key -> fingerprintSuites.contains(key.suite()))
                .toList();
    }

    List<SampleKey> scoredKeys() {
        return planned.stream()
                .filter(key -> !fingerprintSuites.contains(key.suite()) && !sampledSuites.contains(key.suite()))
                .toList();
    }

    /** Returns the day of the run, as its id tells; the last of all days, on which no waiver holds, when it tells none. */
    LocalDate day() {
        return log.header().day().orElse(LocalDate.MAX);
    }

    Optional<Sample> sample(SampleKey key) {
        return Optional.ofNullable(log.samples().get(key));
    }

    /** Returns whether a sample was asked and no infrastructure spoilt it. */
    boolean holds(SampleKey key) {
        return sample(key)
                .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                .isPresent();
    }

    Optional<Answer> answer(SampleKey key) {
        return sample(key).flatMap(sample -> answers.read(key, sample::answer));
    }

    String caseHash(SampleKey key) {
        return log.header().caseHashes().getOrDefault(key.casePath(), "");
    }
}
