package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.gate.SampleArm.Draw;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tonight's sampled answers beside those of each approved run, over the samples that all approved runs hold.
 *
 * @param tonight all passes together
 * @param runs one arm for each approved run
 */
record SampleArms(SampleArm tonight, List<SampleArm> runs) {

    SampleArms {
        runs = List.copyOf(runs);
    }

    static SampleArms of(Baseline baseline, List<Tonight> passes) {
        Tonight first = passes.getFirst();
        Map<String, List<SampleKey>> prompts = first.sampledKeys().stream()
                .filter(key -> baseline.runs().stream()
                        .allMatch(run -> run.sample(key, first.caseHash(key)).isPresent()))
                .collect(Collectors.groupingBy(SampleKey::casePath, TreeMap::new, Collectors.toList()));
        List<List<SampleKey>> keys = List.copyOf(prompts.values());
        return new SampleArms(
                SampleArm.pooled(passes.stream().map(pass -> arm(pass, keys)).toList()),
                baseline.runs().stream().map(run -> arm(run, first, keys)).toList());
    }

    /** Returns all approved runs as one arm. */
    SampleArm pooled() {
        return SampleArm.pooled(runs);
    }

    private static SampleArm arm(Tonight pass, List<List<SampleKey>> prompts) {
        return new SampleArm(prompts.stream()
                .map(keys -> keys.stream().flatMap(key -> draw(pass, key)).toList())
                .toList());
    }

    private static Stream<Draw> draw(Tonight pass, SampleKey key) {
        return pass.sample(key).stream()
                .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                .map(sample -> Draw.of(sample, pass.answer(key)));
    }

    private static SampleArm arm(BaselineRun run, Tonight tonight, List<List<SampleKey>> prompts) {
        return new SampleArm(prompts.stream()
                .map(keys ->
                        keys.stream().flatMap(key -> draw(run, key, tonight)).toList())
                .toList());
    }

    private static Stream<Draw> draw(BaselineRun run, SampleKey key, Tonight tonight) {
        String hash = tonight.caseHash(key);
        return run.sample(key, hash).stream().map(sample -> Draw.of(sample, run.answer(key, hash)));
    }
}
