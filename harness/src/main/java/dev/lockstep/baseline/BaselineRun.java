package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.Optional;

/** One run of a baseline with all its samples. */
public record BaselineRun(RunManifest manifest, RunLog log) {

    public String runId() {
        return manifest.header().runId();
    }

    /** Returns the sample of a key, if its case is the same as then: same path and same hash. */
    public Optional<Sample> sample(SampleKey key, String caseHash) {
        return caseHash.equals(log.header().caseHashes().get(key.casePath()))
                ? Optional.ofNullable(log.samples().get(key))
                : Optional.empty();
    }

    public Optional<Answer> answer(SampleKey key, String caseHash) {
        return sample(key, caseHash)
                .flatMap(sample -> AnswerReader.read(sample.exchange().body()));
    }
}
