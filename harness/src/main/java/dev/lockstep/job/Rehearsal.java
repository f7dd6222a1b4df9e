package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.gate.Forecast;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.Goal;
import dev.lockstep.gate.PassForecast;
import dev.lockstep.gate.Tonight;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A run that answers as the first approved one did, so that what judges it can be told without asking anything. */
public final class Rehearsal {
    private static final Goal USUAL = new Goal(.02, .8);

    private Rehearsal() {}

    /** Returns how surely an unchanged stack passes all that the runs of a baseline asked. */
    public static PassForecast passing(Baseline baseline, GatePolicy policy) {
        return new PassForecast(Forecast.of(baseline, of(baseline.first()), policy, USUAL));
    }

    /** What a sample is for shows in how it was asked and whether it was scored: the suites are not at hand. */
    private static Tonight of(BaselineRun run) {
        Predicate<SampleKey> isSampled = run.log()::isSampledAnew;
        Predicate<SampleKey> isScored = key ->
                !run.manifest().scores().scores().getOrDefault(key, List.of()).isEmpty();
        return new Tonight(
                List.copyOf(run.log().samples().keySet()),
                suites(run, isSampled.or(isScored).negate()),
                suites(run, isSampled),
                run.log(),
                run.manifest().scores());
    }

    private static Set<String> suites(BaselineRun run, Predicate<SampleKey> wanted) {
        return run.log().samples().keySet().stream()
                .filter(wanted)
                .map(SampleKey::suite)
                .collect(Collectors.toSet());
    }
}
