package dev.lockstep.job;

import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LockId;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which layers make one stack answer as another.
 *
 * @param differing the layers that the locks tell apart and that can be exchanged
 * @param keptOut those that cannot, each with the reason
 * @param steps what was run, in its order
 * @param culprits what changes behaviour; empty when nothing that can be exchanged does
 */
public record Bisection(
        Asked asked,
        Set<Layer> differing,
        Map<Layer, String> keptOut,
        List<Step> steps,
        Result result,
        List<Culprit> culprits) {

    public Bisection {
        differing = Collections.unmodifiableSet(enumSet(differing));
        EnumMap<Layer, String> copy = new EnumMap<>(Layer.class);
        copy.putAll(keptOut);
        keptOut = Collections.unmodifiableMap(copy);
        steps = List.copyOf(steps);
        culprits = List.copyOf(culprits);
    }

    /**
     * What was compared.
     *
     * @param prompts how many each start was asked
     * @param judging how answers were compared, in words
     */
    public record Asked(LockId first, LockId second, int prompts, String judging) {}

    /** What came of it. */
    public enum Result {
        /** Both stacks answer alike. */
        SAME,
        /** Layers were found, and without them the stacks answer alike. */
        FOUND,
        /** Layers were found, but they are not all that differs. */
        FOUND_IN_PART,
        /** The stacks answer in different ways, and no layer that can be exchanged makes them. */
        NOT_FOUND
    }

    /**
     * One stack that was run.
     *
     * @param ofSecond the layers that it had of the second stack
     * @param outcome {@code same}, {@code different} or {@code does not run}
     * @param what the first difference, or why it does not run; empty when it answers alike
     * @param log what it answered; lies under {@code LOCKSTEP_HOME}
     */
    public record Step(String stack, Set<Layer> ofSecond, String outcome, String what, Duration took, String log) {
        public Step {
            ofSecond = Collections.unmodifiableSet(enumSet(ofSecond));
        }
    }

    /**
     * Layers that change behaviour.
     *
     * @param layers several when they do so only together, or cannot be exchanged apart
     * @param isProved whether a stack that differs from the first in these alone was run and answers in another way
     * @param isAll whether the second stack without them answers as the first
     */
    public record Culprit(Set<Layer> layers, boolean isProved, boolean isAll) {
        public Culprit {
            layers = Collections.unmodifiableSet(enumSet(layers));
        }
    }

    private static EnumSet<Layer> enumSet(Set<Layer> layers) {
        EnumSet<Layer> copy = EnumSet.noneOf(Layer.class);
        copy.addAll(layers);
        return copy;
    }
}
