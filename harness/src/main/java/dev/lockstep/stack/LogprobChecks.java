package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a server computes with what was recorded under its lock.
 *
 * <p>Log-probabilities come of weights and engine together, and of the hardware under both; so a difference speaks for those of the
 * two that its process did not prove; where both are proven, for adapters and launch in the same way, and at last for the hardware.
 */
record LogprobChecks(Lock lock, Policies policies) {
    static final String FIELD = "logprobs";
    private static final List<Layer> COMPUTING = List.of(Layer.WEIGHTS, Layer.ENGINE);
    private static final List<Layer> BESIDE = List.of(Layer.ADAPTERS, Layer.LAUNCH);

    /**
     * Runs the probe, where there is something to compare with.
     *
     * @param known what was found before
     */
    List<Check> run(StackConfig config, LiveEndpoint endpoint, Optional<Logprobs> recorded, List<Check> known) {
        if (config.visibility() == StackConfig.Visibility.OPAQUE) {
            return List.of();
        }
        if (recorded.isEmpty()) {
            return List.of(engine(Check.Outcome.NOT_CHECKED, "no log-probabilities were recorded under this lock"));
        }
        if (!recorded.get().areTold()) {
            return List.of(engine(
                    Check.Outcome.UNVERIFIABLE,
                    "when it was locked, " + recorded.get().why()));
        }
        Logprobs once = LogprobProbe.take(config, endpoint, 1);
        if (!once.answers().keySet().equals(recorded.get().answers().keySet())) {
            return List.of(
                    engine(Check.Outcome.UNVERIFIABLE, once.areTold() ? "other prompts were recorded" : once.why()));
        }
        LogprobComparison comparison = new LogprobComparison(
                recorded.get(), BatchInvariance.isLocked(lock), lock.id().hashCode());
        Logprobs now = comparison.isRecorded(once)
                ? once
                : once.and(LogprobProbe.take(config, endpoint, LogprobProbe.TIMES - 1));
        return now.areTold()
                ? checks(comparison.compare(now), new Verification(known, Set.of()))
                : List.of(engine(Check.Outcome.UNVERIFIABLE, now.why()));
    }

    private List<Check> checks(LogprobComparison.Result result, Verification known) {
        return switch (result.outcome()) {
            case MATCH -> COMPUTING.stream().map(layer -> check(layer, result)).toList();
            case MISMATCH, UNVERIFIABLE, NOT_CHECKED ->
                blamed(known).stream().map(layer -> check(layer, result)).toList();
        };
    }

    private List<Layer> blamed(Verification known) {
        List<Layer> open =
                COMPUTING.stream().filter(layer -> !known.isProven(layer)).toList();
        return open.isEmpty() ? beside(known) : open;
    }

    private List<Layer> beside(Verification known) {
        List<Layer> open = BESIDE.stream()
                .filter(layer -> lock.layer(layer).applicable()
                        ? !known.isProven(layer)
                        : !known.breaking(layer).isEmpty())
                .toList();
        return open.isEmpty() ? List.of(Layer.HARDWARE) : open;
    }

    private Check check(Layer layer, LogprobComparison.Result result) {
        return new Check(
                layer,
                Check.Step.LOGPROBS,
                FIELD,
                result.outcome(),
                policies.of(layer, FIELD).kind(),
                result.expected(),
                result.found(),
                result.note());
    }

    private Check engine(Check.Outcome outcome, String why) {
        return new Check(
                Layer.ENGINE,
                Check.Step.LOGPROBS,
                FIELD,
                outcome,
                policies.of(Layer.ENGINE, FIELD).kind(),
                "",
                "",
                why);
    }
}
