package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What runs must have in common, and what they must not, to be approved together. */
final class ApprovalRules {

    private ApprovalRules() {}

    /** Refuses runs whose noise says nothing together: of one server start, asked under different load, or made to follow others. */
    static void requireOneNoise(List<BaselineRun> runs) {
        requireOwnEpochs(runs);
        requireOneLoad(runs);
        requireOneReference(runs);
    }

    /** Refuses runs that were made to follow the tokens of another run than the first of them. */
    private static void requireOneReference(List<BaselineRun> runs) {
        BaselineRun first = runs.getFirst();
        for (BaselineRun run : runs) {
            boolean strays = run.log().samples().values().stream()
                    .anyMatch(sample -> sample.forced().stream().anyMatch(each -> !follows(each, sample.key(), first)));
            if (strays) {
                throw new LockstepException(
                        ErrorKind.BASELINE,
                        "run " + run.runId() + " was asked to score the tokens of another run than " + first.runId()
                                + ", the first of these, so their log-probabilities cannot be compared; approve with that run, the"
                                + " first that was recorded, or record again");
            }
        }
    }

    /** What the stack could not be given follows nothing. */
    private static boolean follows(ForcedExchange forced, SampleKey key, BaselineRun first) {
        List<Integer> tokens = Optional.ofNullable(first.log().samples().get(key))
                .flatMap(Sample::answer)
                .map(Answer::tokens)
                .orElse(List.of())
                .stream()
                .map(Token::id)
                .toList();
        int wanted = forced.follows().size();
        return wanted <= tokens.size() && tokens.subList(0, wanted).equals(forced.follows());
    }

    private static void requireOwnEpochs(List<BaselineRun> runs) {
        long epochs = runs.stream()
                .map(run -> run.manifest().header().epoch())
                .distinct()
                .count();
        if (epochs < runs.size()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    runs.size() + " runs share " + epochs
                            + " server starts; noise is shared inside a start, so approve one run of each");
        }
    }

    /** Refuses what is no noise: one behaviour that ended, and another that began. */
    static void requireOneBehaviour(List<BaselineRun> runs) {
        List<List<BaselineRun>> changed = RunGroups.of(runs).changed();
        if (!changed.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "the fingerprints of " + name(changed.get(0)) + " are equal bit by bit, so are those of "
                            + name(changed.get(1)) + ", but they are not those of the former: something changed between"
                            + " them that the lock does not see, and that is no noise. Find out what, then approve the runs"
                            + " of one group, each named with --run; or all of them, as noise, with --mixed");
        }
    }

    private static String name(List<BaselineRun> group) {
        return group.getFirst().runId() + " to " + group.getLast().runId() + " (" + group.size() + " runs)";
    }

    static void requireOnePlan(LockId lockId, List<BaselineRun> runs) {
        if (runs.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "no run is recorded under " + lockId + "; start with `lockstep baseline record`");
        }
        List<String> plans = runs.stream()
                .map(run -> run.manifest().header().planHash())
                .distinct()
                .toList();
        if (plans.size() > 1) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "the runs under " + lockId + " followed " + plans.size()
                            + " different plans; approve the runs of one plan with --run, or record again");
        }
    }

    /** A server that answers more requests at once computes them in other batches. */
    private static void requireOneLoad(List<BaselineRun> runs) {
        String loads = runs.stream()
                .flatMapToInt(run -> run.manifest().header().concurrency().stream())
                .distinct()
                .sorted()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" and "));
        if (loads.contains(" ")) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "the runs were asked with a concurrency of " + loads
                            + ", and how many requests a server answers at once decides its noise; approve those of one, each"
                            + " named with --run, or record again");
        }
    }
}
