package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.run.SampleKey;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the detectors will see of a plan, from the noise of a baseline: nothing needs to be asked for it. */
public final class Forecast {
    private final Baseline baseline;
    private final Tonight rehearsal;
    private final GatePolicy policy;
    private final Goal goal;

    private Forecast(Baseline baseline, Tonight rehearsal, GatePolicy policy, Goal goal) {
        this.baseline = baseline;
        this.rehearsal = rehearsal;
        this.policy = policy;
        this.goal = goal;
    }

    /**
     * Returns the outlook of every detector that will have something to look at.
     *
     * @param rehearsal the plan, answered by an approved run
     */
    public static List<Outlook> of(Baseline baseline, Tonight rehearsal, GatePolicy policy, Goal goal) {
        Forecast forecast = new Forecast(baseline, rehearsal, policy, goal);
        return Detectors.of(baseline, List.of(rehearsal), policy).stream()
                .map(detector -> forecast.outlook(detector.find(Repeats.none())))
                .toList();
    }

    private Outlook outlook(Finding finding) {
        int planned = Detectors.planned(baseline, rehearsal, finding, policy);
        if (finding.compared() < policy.minCompared() * planned) {
            return undecided(
                    finding,
                    String.format(
                            Locale.ROOT,
                            "the baseline holds %d of %d planned samples, the floor is %.0f %%; record and approve the others",
                            finding.compared(),
                            planned,
                            100 * policy.minCompared()));
        }
        return finding.family().equals("L4") && finding.compared() > 0 ? scores(finding) : others(finding);
    }

    private Outlook others(Finding finding) {
        return finding.reach().isEmpty() || finding.result() == Finding.Result.UNDECIDED
                ? undecided(finding, finding.effect())
                : outlook(
                        finding, finding.basis().words(), finding.reach(), 1, OptionalDouble.empty(), Optional.empty());
    }

    private Outlook undecided(Finding finding, String why) {
        return outlook(finding, "", why, 0, OptionalDouble.empty(), Optional.empty());
    }

    private Outlook outlook(
            Finding finding,
            String basis,
            String sees,
            double pass,
            OptionalDouble smallest,
            Optional<Outlook.Cases> needed) {
        int planned = Detectors.planned(baseline, rehearsal, finding, policy);
        Items items = Items.of(Detectors.keys(rehearsal, finding, policy));
        return new Outlook(finding.detector(), items, finding.compared(), planned, basis, sees, pass, smallest, needed);
    }

    private Outlook scores(Finding finding) {
        Calibration calibration = baseline.calibration("L4");
        List<SampleKey> keys = keys(finding);
        if (!calibration.gates()) {
            double pass = finding.result() == Finding.Result.SAME ? unmoved(calibration, CaseMeans.count(keys)) : 0;
            return outlook(finding, "", calibration.missing(), pass, OptionalDouble.empty(), Optional.empty());
        }
        ScorePower test = test(calibration, keys);
        double smallest = test.smallest(goal.power());
        return outlook(
                finding,
                test.basis(),
                sees(test, smallest),
                test.pass(policy.margins().scores()),
                smallest > 1 ? OptionalDouble.empty() : OptionalDouble.of(smallest),
                Optional.of(new Outlook.Cases(test.needed(goal), CaseMeans.count(keys))));
    }

    /** Scores of unknown noise pass while none moves: that none does, with as many flips by chance as nothing measured rules out. */
    private static double unmoved(Calibration calibration, int cases) {
        return Math.pow(1 - calibration.mostDiscordant(), cases);
    }

    private ScorePower test(Calibration calibration, List<SampleKey> keys) {
        int cases = CaseMeans.count(keys);
        return calibration.noise() == Calibration.Noise.DETERMINISTIC
                ? new ScorePower.Repeating(cases)
                : new ScorePower.ByRuns(
                        cases,
                        RunScores.noise(baseline, keys),
                        policy.level("L4", Detectors.findings("L4", baseline, rehearsal, policy)));
    }

    /** Returns the samples of a finding that the baseline holds, too. */
    private List<SampleKey> keys(Finding finding) {
        List<SampleKey> planned = Detectors.keys(rehearsal, finding, policy);
        return ScorePairs.of(baseline, rehearsal).compared().stream()
                .filter(new HashSet<>(planned)::contains)
                .toList();
    }

    private static String sees(ScorePower test, double smallest) {
        if (test instanceof ScorePower.Repeating) {
            return "one answer that changes its score";
        }
        return smallest > 1
                ? "nothing: too few cases for this power"
                : String.format(Locale.ROOT, "a loss of %.1f pp of score", 100 * smallest);
    }
}
