package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.Bisection.Result;
import dev.lockstep.job.LayerSearch.Behaviour;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.Substitution;
import dev.lockstep.stack.SubstitutionPlan;
import dev.lockstep.stack.SubstitutionPlan.Side;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds which layers make one stack answer as another, by starting stacks that are made of both. */
public final class LockBisect {
    private static final Set<Layer> NONE = EnumSet.noneOf(Layer.class);

    private final StackConfig first;
    private final StackConfig second;
    private final Plan plan;
    private final Path folder;
    private final BisectRuns runs;

    private LockBisect(StackConfig first, StackConfig second, Plan plan, Workplace workplace, Path folder) {
        this.first = first;
        this.second = second;
        this.plan = plan;
        this.folder = folder;
        this.runs = new BisectRuns(workplace, plan, folder);
    }

    /**
     * Asks both stacks, and as many between them as it takes; each is a start of its own, and none is left running.
     *
     * @param suites what all are asked, in the first stack's way
     * @param folder of this search alone: logs, and files that are made of both stacks
     * @throws LockstepException of kind CONFIG when Lockstep does not start one of them, ENDPOINT when one does not run
     */
    public static Bisection search(
            StackConfig first, StackConfig second, List<Suite> suites, Workplace workplace, Path folder) {
        requireLaunch(first);
        requireLaunch(second);
        return new LockBisect(first, second, Plans.of(first, suites), workplace, folder).search();
    }

    private static void requireLaunch(StackConfig stack) {
        if (stack.launch().isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    stack.file() + ": stack '" + stack.name()
                            + "' is not one that Lockstep starts, so none can be made of it and another; compare the locks with"
                            + " `lockstep lock diff`");
        }
    }

    private Bisection search() {
        List<BisectedStack.Asked> starts = starts();
        AnswerJudge judge = new AnswerJudge(starts);
        BisectedStack.Asked other = runs.ask(second);
        Optional<String> difference = judge.difference(other, () -> runs.ask(second));
        runs.keep("second", NONE, other, difference);
        Trials trials = new Trials(judge, new Side(first, starts.getFirst().lock()), new Side(second, other.lock()));
        List<LayerSearch.Culprit> found =
                difference.isEmpty() ? List.of() : new LayerSearch(trials.exchange.units(), trials::run).search();
        return trials.told(result(difference.isPresent(), found), found);
    }

    private static Result result(boolean differs, List<LayerSearch.Culprit> found) {
        if (!differs) {
            return Result.SAME;
        }
        if (found.isEmpty()) {
            return Result.NOT_FOUND;
        }
        boolean isAll =
                found.getLast().back() == Behaviour.SAME && found.stream().allMatch(LayerSearch.Culprit::isProved);
        return isAll ? Result.FOUND : Result.FOUND_IN_PART;
    }

    /** Two starts that repeat each other are enough; of a noisy stack as many are asked as its noise takes. */
    private List<BisectedStack.Asked> starts() {
        List<BisectedStack.Asked> starts = new ArrayList<>();
        for (int wanted = AnswerJudge.EXACT_STARTS; starts.size() < wanted; ) {
            BisectedStack.Asked asked = runs.ask(first);
            starts.add(asked);
            runs.keep("first", NONE, asked, Optional.empty());
            wanted = new AnswerJudge(starts).isExact() ? AnswerJudge.EXACT_STARTS : AnswerJudge.NOISY_STARTS;
        }
        return starts;
    }

    /** The stacks that are made of both. */
    private final class Trials {
        private final AnswerJudge judge;
        private final Side base;
        private final Side other;
        private final SubstitutionPlan exchange;

        Trials(AnswerJudge judge, Side base, Side other) {
            this.judge = judge;
            this.base = base;
            this.other = other;
            this.exchange = SubstitutionPlan.of(base, other);
        }

        /** A stack that nobody ever started may not run; that is no difference in how it answers. */
        Behaviour run(Set<Layer> layers) {
            try {
                StackConfig mixed = new Substitution(first, second, folder.resolve("files"))
                        .with(layers)
                        .applyTo(first);
                BisectedStack.Asked asked = runs.ask(mixed);
                requireMade(asked, layers);
                Optional<String> difference = judge.difference(asked, () -> runs.ask(mixed));
                runs.keep("mixed", differing(layers), asked, difference);
                return difference.isPresent() ? Behaviour.DIFFERENT : Behaviour.SAME;
            } catch (LockstepException e) {
                if (e.kind() == ErrorKind.PREREQUISITE) {
                    throw e;
                }
                runs.keepDead(differing(layers), e.getMessage());
                return Behaviour.DEAD;
            }
        }

        private void requireMade(BisectedStack.Asked asked, Set<Layer> layers) {
            SubstitutionPlan.fault(base, other, layers, asked.lock()).ifPresent(fault -> {
                throw new IllegalStateException(fault);
            });
        }

        Bisection told(Result result, List<LayerSearch.Culprit> found) {
            return new Bisection(
                    new Bisection.Asked(
                            base.lock().id(), other.lock().id(), plan.samples().size(), judge.words()),
                    exchange.differing(),
                    exchange.keptOut(),
                    runs.steps(),
                    result,
                    found.stream().map(this::culprit).toList());
        }

        private Bisection.Culprit culprit(LayerSearch.Culprit found) {
            return new Bisection.Culprit(differing(found.layers()), found.isProved(), found.back() == Behaviour.SAME);
        }

        /** What is exchanged together need not differ in all of its layers. */
        private Set<Layer> differing(Set<Layer> layers) {
            Set<Layer> only = EnumSet.copyOf(layers);
            only.retainAll(exchange.differing());
            return only;
        }
    }
}
