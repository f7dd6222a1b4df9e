package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.LayerSearch.Behaviour;
import dev.lockstep.job.LayerSearch.Culprit;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class LayerSearchTest {
    private static final List<Set<Layer>> UNITS = List.of(
            EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION),
            EnumSet.of(Layer.TOKENIZER),
            EnumSet.of(Layer.TEMPLATE),
            EnumSet.of(Layer.GENERATION_DEFAULTS),
            EnumSet.of(Layer.ADAPTERS),
            EnumSet.of(Layer.ENGINE),
            EnumSet.of(Layer.LAUNCH));

    private final List<Set<Layer>> asked = new ArrayList<>();

    @Test
    void finds_any_single_unit_and_confirms_it_both_ways() {
        for (Set<Layer> unit : UNITS) {
            assertThat(search(layers -> layers.containsAll(unit)))
                    .containsExactly(new Culprit(unit, true, Behaviour.SAME));
        }
    }

    @Test
    void halves_what_is_left_and_asks_nothing_twice() {
        search(layers -> layers.contains(Layer.TEMPLATE));

        assertThat(asked).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void finds_several_that_change_behaviour_each_by_itself() {
        assertThat(search(layers -> layers.contains(Layer.TOKENIZER) || layers.contains(Layer.LAUNCH)))
                .containsExactly(
                        new Culprit(EnumSet.of(Layer.TOKENIZER), true, Behaviour.DIFFERENT),
                        new Culprit(EnumSet.of(Layer.LAUNCH), true, Behaviour.SAME));
    }

    @Test
    void finds_two_that_do_so_only_together() {
        assertThat(search(layers -> layers.containsAll(Set.of(Layer.TOKENIZER, Layer.ENGINE))))
                .containsExactly(new Culprit(EnumSet.of(Layer.TOKENIZER, Layer.ENGINE), true, Behaviour.SAME));
    }

    @Test
    void finds_nothing_where_nothing_changes() {
        assertThat(search(layers -> false)).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void names_with_it_what_cannot_run_apart_from_it() {
        List<Culprit> found = new LayerSearch(UNITS, layers -> {
                    boolean torn = layers.contains(Layer.WEIGHTS) != layers.contains(Layer.TOKENIZER);
                    if (torn) {
                        return Behaviour.DEAD;
                    }
                    return layers.contains(Layer.TOKENIZER) ? Behaviour.DIFFERENT : Behaviour.SAME;
                })
                .search();

        assertThat(found)
                .containsExactly(new Culprit(
                        EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION, Layer.TOKENIZER), true, Behaviour.SAME));
    }

    @Test
    void ends_where_nothing_but_both_stacks_runs() {
        Set<Layer> all = EnumSet.noneOf(Layer.class);
        UNITS.forEach(all::addAll);

        List<Culprit> found =
                new LayerSearch(UNITS, layers -> layers.equals(all) ? Behaviour.DIFFERENT : Behaviour.DEAD).search();

        assertThat(found).containsExactly(new Culprit(all, true, Behaviour.SAME));
    }

    /** Any set of layers that changes behaviour only as a whole is found, and no more than it. */
    @Test
    void finds_every_least_set() {
        Random random = new Random(20261122);
        for (int i = 0; i < 500; i++) {
            List<Set<Layer>> shuffled = new ArrayList<>(UNITS);
            Collections.shuffle(shuffled, random);
            Set<Layer> needed = EnumSet.noneOf(Layer.class);
            shuffled.subList(0, 1 + random.nextInt(UNITS.size())).forEach(needed::addAll);

            assertThat(search(layers -> layers.containsAll(needed)))
                    .as("seed 20261122, round " + i)
                    .containsExactly(new Culprit(needed, true, Behaviour.SAME));
        }
    }

    private List<Culprit> search(Predicate<Set<Layer>> differs) {
        asked.clear();
        return new LayerSearch(UNITS, layers -> {
                    asked.add(layers);
                    return differs.test(layers) ? Behaviour.DIFFERENT : Behaviour.SAME;
                })
                .search();
    }
}
