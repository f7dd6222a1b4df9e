package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Detectors L1 and L2: are the tokens of the fingerprint prompts, and the log-probabilities of those tokens, generated or read as
 * a prompt, still the baseline's?
 *
 * <p>On a deterministic layer one reproducible difference is enough. On a noisy one the whole run is held against the spread
 * of the calibration runs.
 */
final class FingerprintDetector implements Detector {
    private final FingerprintAspect aspect;
    private final Baseline baseline;
    private final List<Tonight> passes;
    private final GatePolicy policy;
    private final List<SampleKey> compared;
    private final List<Evidence> differences;
    private @Nullable FingerprintSize size;

    FingerprintDetector(FingerprintAspect aspect, Baseline baseline, List<Tonight> passes, GatePolicy policy) {
        this.aspect = aspect;
        this.baseline = baseline;
        this.passes = List.copyOf(passes);
        this.policy = policy;
        Fingerprints fingerprints = Fingerprints.of(aspect, baseline, passes.getFirst());
        this.compared = fingerprints.compared();
        this.differences = fingerprints.differences();
    }

    @Override
    public String name() {
        return aspect.detector();
    }

    @Override
    public List<SampleKey> decidedByRepeats() {
        boolean repeatsDecide = policy.judging() == GatePolicy.Judging.CALIBRATED
                && calibration().noise() == Calibration.Noise.DETERMINISTIC;
        return repeatsDecide ? differences.stream().map(Evidence::key).toList() : List.of();
    }

    @Override
    public boolean isProved(SampleKey key, Repeats repeats) {
        return passes.getFirst()
                .answer(key)
                .map(answer -> repeats.reproduce(aspect, key, answer))
                .orElse(true);
    }

    @Override
    public Finding find(Repeats repeats) {
        if (compared.isEmpty()) {
            return undecided(Finding.NOTHING);
        }
        if (policy.judging() == GatePolicy.Judging.EQUALITY) {
            return exact(Determinism.byEquality(!differences.isEmpty(), words().identical()));
        }
        Calibration calibration = calibration();
        if (!calibration.gates()) {
            return undecided(calibration.missing());
        }
        return calibration.noise() == Calibration.Noise.DETERMINISTIC
                ? exact(Determinism.of(this, repeats, words().identical(), baseline.runsNeededIfNoisy()))
                : noisy();
    }

    private FingerprintWords words() {
        return FingerprintWords.of(aspect, baseline, passes.getFirst(), compared);
    }

    private Calibration calibration() {
        return baseline.calibration(aspect.detector());
    }

    private Finding undecided(String why) {
        return finding(Result.UNDECIDED, Basis.EQUALITY, OptionalDouble.empty(), why, "");
    }

    private Finding exact(Determinism found) {
        String size = found.result() == Result.CHANGED ? words().share(differences.size()) + told() : "";
        return finding(found.result(), Basis.EQUALITY, found.pValue(), found.effect() + size, words().smallest());
    }

    private Finding noisy() {
        RunDistances distances = new RunDistances(aspect, baseline, passes, compared);
        double level = level();
        Reach reach = Reach.of(distances.reach(level), family(), policy);
        Finding found = finding(
                Result.SAME,
                Basis.RUNS,
                OptionalDouble.of(distances.pValue()),
                words().told(distances) + told(),
                words().reach(reach.seen()));
        return reach.hold(found, distances.remedy(level, reach.wanted()));
    }

    /** The halves of L2 share its level. */
    private double level() {
        return policy.level(family(), Detectors.findings(family(), baseline, passes.getFirst(), policy));
    }

    private String family() {
        return Finding.family(aspect.detector());
    }

    /** How much what differs matters; the floor is what unchanged runs diverge by. */
    private Severity severity(FingerprintSize size) {
        return switch (aspect) {
            case TOKENS -> Severity.beyond(size.lengthChange(), policy.margins().length());
            case LOGPROBS, PREFILL ->
                Severity.beyond(
                        size.divergence(), size.floor() + policy.margins().divergence());
        };
    }

    private Finding finding(Result result, Basis basis, OptionalDouble p, String effect, String reach) {
        return new Finding(
                aspect.detector(),
                result,
                basis,
                p,
                compared.size(),
                differences.size(),
                size().map(this::severity).orElse(Severity.NONE),
                effect + words().incomparable(),
                reach,
                differences);
    }

    private Optional<FingerprintSize> size() {
        if (size == null && !differences.isEmpty()) {
            size = FingerprintSize.of(aspect, baseline, passes.getFirst(), compared);
        }
        return Optional.ofNullable(size);
    }

    private String told() {
        return size().map(words()::size).orElse("");
    }
}
