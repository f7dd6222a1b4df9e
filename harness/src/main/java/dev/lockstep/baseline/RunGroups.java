package dev.lockstep.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Runs of one plan in the order of their starts, cut wherever the fingerprints are not those of the run before. */
record RunGroups(List<List<BaselineRun>> groups) {

    /** Cuts the runs; their ids tell their starts. */
    static RunGroups of(List<BaselineRun> runs) {
        List<List<BaselineRun>> groups = new ArrayList<>();
        runs.stream().sorted(Comparator.comparing(BaselineRun::runId)).forEach(run -> {
            if (groups.isEmpty() || !alike(groups.getLast().getFirst(), run)) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(run);
        });
        return new RunGroups(groups);
    }

    /**
     * Returns the groups that repeat themselves bit by bit, when none of them comes back and there are two or more: noise does
     * not end one behaviour for good and begin another. Else returns nothing.
     */
    List<List<BaselineRun>> changed() {
        List<List<BaselineRun>> repeating =
                groups.stream().filter(group -> group.size() > 1).toList();
        return repeating.size() > 1 && !anyComesBack() ? repeating : List.of();
    }

    private boolean anyComesBack() {
        return IntStream.range(0, groups.size())
                .anyMatch(one -> groups.subList(one + 1, groups.size()).stream()
                        .anyMatch(later -> alike(groups.get(one).getFirst(), later.getFirst())));
    }

    private static boolean alike(BaselineRun one, BaselineRun other) {
        return new Calibrator(List.of(one, other))
                .all().stream().filter(each -> !each.detector().equals("L4")).allMatch(each -> each.mismatches() == 0);
    }
}
