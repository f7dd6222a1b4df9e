package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerMemo;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** Returns whether an earlier repetition of the case was answered with the same tokens: asking again said nothing new. */
    public boolean isCopy(SampleKey key) {
        Optional<Answer> answer = ownAnswer(key);
        return IntStream.range(0, key.repetition())
                .mapToObj(earlier -> new SampleKey(key.suite(), key.caseId(), earlier))
                .filter(earlier -> log.samples().containsKey(earlier))
                .anyMatch(earlier -> isSame(ownAnswer(earlier), answer));
    }

    private Optional<Answer> ownAnswer(SampleKey key) {
        return answer(key, log.header().caseHashes().getOrDefault(key.casePath(), ""));
    }

    private static boolean isSame(Optional<Answer> one, Optional<Answer> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        return FingerprintAspect.TOKENS.difference(one.get(), other.get()).isEmpty();
    }
}
