package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.PairedCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The scores of the cases, tonight beside all approved runs: the case is what was drawn, so each counts once. */
record ScoreCases(List<CaseScore> all) {
    ScoreCases {
        all = List.copyOf(all);
    }

    /**
     * Takes the samples together by their cases.
     *
     * @param keys samples that the first approved run holds, too
     */
    static ScoreCases of(Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        Map<String, List<Double>> then = new HashMap<>();
        for (BaselineRun run : baseline.runs()) {
            List<SampleKey> held = keys.stream()
                    .filter(key -> ScorePairs.isComparable(run, tonight, key))
                    .toList();
            CaseMeans.of(run.manifest().scores(), held)
                    .forEach((path, mean) -> then.computeIfAbsent(path, each -> new ArrayList<>())
                            .add(mean));
        }
        return new ScoreCases(CaseMeans.of(tonight.scores(), keys).entrySet().stream()
                .filter(each -> then.containsKey(each.getKey()))
                .map(each -> new CaseScore(then.getOrDefault(each.getKey(), List.of()), each.getValue()))
                .toList());
    }

    int size() {
        return all.size();
    }

    /** Returns whether each case was right or wrong as a whole, in each run. */
    boolean areYesNo() {
        return all.stream().allMatch(CaseScore::isYesNo);
    }

    /** Returns whether there is one approved run to pair each case with. */
    boolean arePairs() {
        return all.stream().allMatch(each -> each.then().size() == 1);
    }

    int fell() {
        return count(each -> each.change() < 0);
    }

    int rose() {
        return count(each -> each.change() > 0);
    }

    double[] changes() {
        return all.stream().mapToDouble(CaseScore::change).toArray();
    }

    /** Returns the change of the mean score, −1 to 1. */
    double meanChange() {
        return all.stream().mapToDouble(CaseScore::change).average().orElse(0);
    }

    /** Counts cases that were and are right or wrong; empty where some are something between, and one of all moved. */
    Optional<PairedCounts> counts() {
        if (all.stream().allMatch(CaseScore::isSteady)) {
            return Optional.of(new PairedCounts(count(true, true), rose(), fell(), count(false, false)));
        }
        return fell() + rose() == 0 ? Optional.of(new PairedCounts(size(), 0, 0, 0)) : Optional.empty();
    }

    /**
     * Returns the p-value of "the mean fell by less than the margin".
     *
     * <p>Of cases that were right or wrong, by the score of Tango; of others by the t of their changes that counts one more lost
     * case in. Cases of which none moved are a sample like any other, and as many rule the loss out whatever their scores are.
     */
    double lossAtMargin(double margin) {
        return counts().map(counts -> NonInferiority.test(counts, margin))
                .orElseGet(() -> NonInferiority.testBounded(changes(), margin))
                .pValue();
    }

    private int count(boolean was, boolean is) {
        return count(each -> each.before() == (was ? 1 : 0) && each.now() == (is ? 1 : 0));
    }

    private int count(Predicate<CaseScore> wanted) {
        return (int) all.stream().filter(wanted).count();
    }

    /** Returns the cases whose runs differ. */
    List<CaseScore> informative() {
        return all.stream().filter(CaseScore::isInformative).toList();
    }
}
