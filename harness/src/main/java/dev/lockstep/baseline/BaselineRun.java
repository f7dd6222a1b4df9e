package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerMemo;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.Optional;

/** One run of a baseline with all its samples. */
public final class BaselineRun {
    private final RunManifest manifest;
    private final RunLog log;
    private final AnswerMemo<SampleKey> answers = new AnswerMemo<>();

    public BaselineRun(RunManifest manifest, RunLog log) {
        this.manifest = manifest;
        this.log = log;
    }

    public RunManifest manifest() {
        return manifest;
    }

    public RunLog log() {
        return log;
    }

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
        return sample(key, caseHash).flatMap(sample -> answers.read(key, sample::answer));
    }
}
