package dev.lockstep.job;

import dev.lockstep.job.Bisection.Step;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The stacks that a search ran, one after the other, and what came of each. */
final class BisectRuns {
    private final Workplace workplace;
    private final Plan plan;
    private final Path folder;
    private final List<Step> steps = new ArrayList<>();
    private int started;

    BisectRuns(Workplace workplace, Plan plan, Path folder) {
        this.workplace = workplace;
        this.plan = plan;
        this.folder = folder;
    }

    List<Step> steps() {
        return steps;
    }

    BisectedStack.Asked ask(StackConfig stack) {
        started++;
        String name = String.format(Locale.ROOT, "%s-bisect-%02d", stack.name(), started);
        return new BisectedStack(workplace, plan, stack, name).ask(folder);
    }

    /** Keeps what a start showed. */
    void keep(String stack, Set<Layer> ofSecond, BisectedStack.Asked asked, Optional<String> difference) {
        add(new Step(
                stack,
                ofSecond,
                difference.isPresent() ? "different" : "same",
                difference.orElse(""),
                asked.took(),
                asked.file().toString()));
    }

    /** Keeps a stack that nobody could ask. */
    void keepDead(Set<Layer> ofSecond, String why) {
        add(new Step("mixed", ofSecond, "does not run", why.lines().findFirst().orElse(""), Duration.ZERO, ""));
    }

    private void add(Step step) {
        steps.add(step);
        String layers = step.ofSecond().stream().map(Layer::key).collect(Collectors.joining(", "));
        workplace.say("step " + steps.size() + ": " + step.stack()
                + (layers.isEmpty() ? "" : ", of the second " + layers) + ": " + step.outcome());
    }
}
