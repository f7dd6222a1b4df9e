package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Ten fingerprint prompts and a hundred scored ones, with baselines of known noise. */
final class GateFixture {
    static final String PRINTS = "prints";
    static final List<SampleKey> FINGERPRINTS = keys(PRINTS, 10);
    static final List<SampleKey> SCORED = keys("text", 100);

    private GateFixture() {}

    static List<SampleKey> keys(String suite, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SampleKey(suite, "c" + i, 0))
                .toList();
    }

    /** Answers all fingerprint prompts alike. */
    static List<Sample> prints(String text, double logprob) {
        List<Sample> samples = new ArrayList<>();
        FINGERPRINTS.forEach(key -> samples.add(Answers.answered(key, text, logprob)));
        return samples;
    }

    static List<Sample> answered(List<SampleKey> keys, String text) {
        return keys.stream().map(key -> Answers.answered(key, text, -1)).toList();
    }

    static List<Sample> thrice(List<Sample> samples) {
        List<Sample> all = new ArrayList<>(samples);
        all.addAll(samples);
        all.addAll(samples);
        return all;
    }

    /** A run that asked the fingerprint prompts; unasked ones have a case hash as well, for the header is written first. */
    static Tonight tonight(List<Sample> samples) {
        RunLog all = Runs.log("b", prints("", -1));
        RunLog asked = Runs.log("b", samples);
        RunLog log = new RunLog(all.header(), asked.samples(), List.of(), List.of(), List.of(), Optional.empty(), 0);
        return new Tonight(FINGERPRINTS, Set.of(PRINTS), Set.of(), log, noScores());
    }

    /** A run that asked the scored prompts. */
    static Tonight tonight(ScoreTable scores) {
        return new Tonight(SCORED, Set.of(PRINTS), Set.of(), Runs.log("b", answered(SCORED, "7")), scores);
    }

    static Asked asked(Tonight tonight, Confirmation... confirmations) {
        return new Asked(tonight, Repeats.none(), List.of(confirmations));
    }

    static Asked asked(List<Sample> tonight, List<Sample> repeats) {
        return new Asked(tonight(tonight), repeats(repeats), List.of());
    }

    static Repeats repeats(List<Sample> samples) {
        return Repeats.of(samples, sample -> 0);
    }

    static Confirmation confirmation(String epoch, Tonight pass) {
        return new Confirmation(epoch, List.of(pass, pass));
    }

    static Baseline deterministic(List<Sample> samples) {
        return Runs.baseline(Runs.run("a", samples, noScores()));
    }

    /** A baseline whose tokens repeat by proof, and whose log-probabilities do not. */
    static Baseline noisy(int runs) {
        BaselineRun[] all = IntStream.range(0, runs)
                .mapToObj(i -> Runs.run("n" + i, prints("same", -1 - .001 * (i + 1)), noScores()))
                .toArray(BaselineRun[]::new);
        int comparisons = (runs - 1) * FINGERPRINTS.size();
        return Runs.baseline(
                List.of(Runs.DETERMINISTIC, new Calibration("L2", runs, FINGERPRINTS.size(), comparisons, comparisons)),
                all);
    }

    /** A baseline of scored runs, each with so many right answers. */
    static Baseline scored(Calibration calibration, int... right) {
        BaselineRun[] runs = IntStream.range(0, right.length)
                .mapToObj(i -> Runs.run("s" + i, answered(SCORED, "7"), firstRight(right[i])))
                .toArray(BaselineRun[]::new);
        return Runs.baseline(List.of(Runs.DETERMINISTIC, Runs.LOGPROBS, calibration), runs);
    }

    static ScoreTable firstRight(int right) {
        return Runs.scores(SCORED.subList(0, right), SCORED.subList(right, SCORED.size()));
    }

    static ScoreTable noScores() {
        return Runs.scores(List.of(), List.of());
    }

    static Gate gate() {
        return new Gate(GatePolicy.defaults(), Set.of());
    }
}
