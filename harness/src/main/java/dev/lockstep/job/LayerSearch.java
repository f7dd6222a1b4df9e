package dev.lockstep.job;

import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which layers change behaviour, of those in which two stacks differ, by running stacks that are made of both.
 *
 * <p>Layers go over from the one to the other in the order of a prompt's way. The first at which behaviour changes is found by
 * halving. Where it changes nothing by itself, what it needs beside it is found in the same way; and where without it behaviour
 * is still another, the rest is searched, too.
 */
final class LayerSearch {
    private final List<Set<Layer>> units;
    private final Trial trial;
    private final Map<Set<Layer>, Behaviour> known = new HashMap<>();

    LayerSearch(List<Set<Layer>> units, Trial trial) {
        this.units = List.copyOf(units);
        this.trial = trial;
    }

    /** How a stack answers, beside the first of the two. */
    enum Behaviour {
        SAME,
        DIFFERENT,
        /** It does not start, or does not answer. */
        DEAD
    }

    /** Runs the first stack with layers of the second. */
    @FunctionalInterface
    interface Trial {
        Behaviour run(Set<Layer> ofSecond);
    }

    /**
     * Layers that change behaviour.
     *
     * @param layers alone, the first stack with them answers as another; where they are of several units, no fewer do
     * @param back what the second stack does without them: {@code SAME} when nothing else changes behaviour
     */
    record Culprit(Set<Layer> layers, boolean isProved, Behaviour back) {}

    /** Returns what changes behaviour, the first first; nothing when all units together change none. */
    List<Culprit> search() {
        List<Culprit> culprits = new ArrayList<>();
        List<Set<Layer>> open = new ArrayList<>(units);
        while (!open.isEmpty() && run(open) == Behaviour.DIFFERENT) {
            List<Set<Layer>> least = least(open);
            open.removeAll(least);
            culprits.add(new Culprit(
                    Collections.unmodifiableSet(layers(least)), run(least) == Behaviour.DIFFERENT, run(open)));
        }
        return culprits;
    }

    /** Returns units that change behaviour together, of which each is needed beside the others. */
    private List<Set<Layer>> least(List<Set<Layer>> all) {
        List<Set<Layer>> needed = new ArrayList<>();
        List<Set<Layer>> pool = all;
        while (!pool.isEmpty() && (needed.isEmpty() || run(needed) != Behaviour.DIFFERENT)) {
            Turn turn = turn(needed, pool);
            needed.addAll(0, pool.subList(turn.before(), turn.at()));
            pool = pool.subList(0, turn.before());
        }
        return needed;
    }

    /**
     * Where behaviour turns.
     *
     * @param before so many units of the pool do not change it
     * @param at so many do; one more, or as many as lie between because what lies between does not run
     */
    private record Turn(int before, int at) {}

    private Turn turn(List<Set<Layer>> needed, List<Set<Layer>> pool) {
        Turn turn = new Turn(0, pool.size());
        int middle = alive(needed, pool, turn);
        while (middle > turn.before()) {
            turn = run(joined(needed, pool.subList(0, middle))) == Behaviour.SAME
                    ? new Turn(middle, turn.at())
                    : new Turn(turn.before(), middle);
            middle = alive(needed, pool, turn);
        }
        return turn;
    }

    /** Returns the number of units nearest to the middle that makes a stack which runs; {@code before} when none does. */
    private int alive(List<Set<Layer>> needed, List<Set<Layer>> pool, Turn turn) {
        int middle = (turn.before() + turn.at()) / 2;
        for (int away = 0; away <= turn.at() - turn.before(); away++) {
            for (int number : List.of(middle + away, middle - away)) {
                boolean isInside = number > turn.before() && number < turn.at();
                if (isInside && run(joined(needed, pool.subList(0, number))) != Behaviour.DEAD) {
                    return number;
                }
            }
        }
        return turn.before();
    }

    private static List<Set<Layer>> joined(List<Set<Layer>> needed, List<Set<Layer>> prefix) {
        List<Set<Layer>> all = new ArrayList<>(prefix);
        all.addAll(needed);
        return all;
    }

    private Behaviour run(List<Set<Layer>> of) {
        Set<Layer> layers = layers(of);
        if (layers.isEmpty()) {
            return Behaviour.SAME;
        }
        Behaviour earlier = known.get(layers);
        if (earlier != null) {
            return earlier;
        }
        Behaviour found = trial.run(layers);
        known.put(layers, found);
        return found;
    }

    private static Set<Layer> layers(List<Set<Layer>> of) {
        Set<Layer> layers = EnumSet.noneOf(Layer.class);
        of.forEach(layers::addAll);
        return layers;
    }
}
