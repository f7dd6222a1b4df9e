package dev.lockstep.gate;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The run that is judged.
 *
 * @param planned every key that the plan holds
 * @param fingerprintSuites ids of the suites whose answers are fingerprints
 */
public record Tonight(List<SampleKey> planned, Set<String> fingerprintSuites, RunLog log, ScoreTable scores) {

    public Tonight {
        planned = List.copyOf(planned);
        fingerprintSuites = Set.copyOf(fingerprintSuites);
    }

    List<SampleKey> fingerprintKeys() {
        return planned.stream()
                .filter(key -> fingerprintSuites.contains(key.suite()))
                .toList();
    }

    List<SampleKey> scoredKeys() {
        return planned.stream()
                .filter(key -> !fingerprintSuites.contains(key.suite()))
                .toList();
    }

    Optional<Sample> sample(SampleKey key) {
        return Optional.ofNullable(log.samples().get(key));
    }

    Optional<Answer> answer(SampleKey key) {
        return sample(key).flatMap(sample -> AnswerReader.read(sample.exchange().body()));
    }

    String caseHash(SampleKey key) {
        return log.header().caseHashes().getOrDefault(key.casePath(), "");
    }
}
