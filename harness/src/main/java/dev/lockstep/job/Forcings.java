package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.client.ModelClient;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.Forcing;
import dev.lockstep.run.GrammarForcing;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PromptForcing;
import dev.lockstep.run.Spread;
import dev.lockstep.suite.Suite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the engine of a stack is made to score the tokens of its baseline. */
final class Forcings {
    private Forcings() {}

    /**
     * Returns what to ask beside the samples of suites of role {@code fingerprint}, of the same server; nothing where the engine has
     * no way.
     */
    static Forcing of(LockedStack stack, Plan plan, Spread spread) {
        Map<Spread.Target, Forcing> engines = new HashMap<>();
        spread.targets().forEach(target -> engines.put(target, ofEngine(stack, plan, target.client())));
        Set<String> fingerprints = plan.suites(Suite.Role.FINGERPRINT);
        return (planned, sample) -> fingerprints.contains(planned.evalCase().suite())
                        && planned.evalCase().topLogprobs() > 0
                ? engines.getOrDefault(spread.of(planned.evalCase()), Forcing.NONE)
                        .force(planned, sample)
                : List.of();
    }

    private static Forcing ofEngine(LockedStack stack, Plan plan, ModelClient client) {
        return switch (stack.request().stack().engine()) {
            case LLAMA_CPP ->
                repeats(stack.baseline())
                        ? Forcing.NONE
                        : new GrammarForcing(client, plan.template(), reference(stack, plan));
            case VLLM -> new PromptForcing(client, plan.template(), reference(stack, plan));
            case OLLAMA, OPENAI -> Forcing.NONE;
        };
    }

    /** Where answers repeat bit by bit, the first other token is proof enough. */
    private static boolean repeats(Optional<Baseline> baseline) {
        return baseline.map(approved -> approved.calibration(FingerprintAspect.LOGPROBS.detector()))
                .filter(noise -> noise.noise() == Calibration.Noise.DETERMINISTIC)
                .isPresent();
    }

    /** The first approved run, or that which is likely to become it: the first recorded of the same plan. */
    private static Forcing.Reference reference(LockedStack stack, Plan plan) {
        BaselineStore store = stack.workplace().baselines(stack.request().folder());
        Optional<BaselineRun> then =
                stack.baseline().map(Baseline::first).or(() -> firstRecorded(store, stack.lockId(), plan.hash()));
        return planned ->
                then.flatMap(run -> run.sample(planned.key(), planned.evalCase().hash()));
    }

    private static Optional<BaselineRun> firstRecorded(BaselineStore store, LockId lockId, String planHash) {
        return store.manifests(lockId).stream()
                .map(RunManifest::header)
                .filter(header -> header.planHash().equals(planHash))
                .findFirst()
                .map(header ->
                        store.candidates(lockId, List.of(header.runId())).runs().getFirst());
    }
}
