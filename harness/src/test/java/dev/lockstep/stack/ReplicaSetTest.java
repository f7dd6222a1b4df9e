package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of the servers behind an endpoint. */
final class ReplicaSetTest {

    @Test
    void counts_those_that_have_the_locked_layer_and_names_those_that_have_not() {
        ReplicaSet one = listed(locked("a"), broken("b", Check.Step.RENDER), locked("c"));
        ReplicaSet two = listed(broken("a", Check.Step.PROCESS), locked("b"), broken("c", Check.Step.RENDER));

        assertThat(one.difference(Layer.TEMPLATE))
                .containsExactly("template: 2 of 3 replicas render the locked one; b does not");
        assertThat(two.difference(Layer.TEMPLATE))
                .containsExactly("template: 1 of 3 replicas hold the locked one; a, c do not");
        assertThat(one.difference(Layer.WEIGHTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PROCESS,hold", "LIVE,report", "RENDER,render", "SAMPLING,use"})
    void says_where_it_was_seen(Check.Step step, String verb) {
        assertThat(listed(locked("a"), broken("b", step)).difference(Layer.TEMPLATE))
                .containsExactly("template: 1 of 2 replicas " + verb + " the locked one; b does not");
    }

    @Test
    void does_not_count_those_that_are_silent() {
        ReplicaSet set = listed(locked("a"), broken("b", Check.Step.RENDER), silent("c"));

        assertThat(set.difference(Layer.TEMPLATE))
                .containsExactly("template: 1 of 3 replicas render the locked one; b does not");
        assertThat(set.silences()).containsExactly("replica c: http://c: does not answer");
    }

    @Test
    void one_server_is_no_set_to_compare() {
        ReplicaSet one = new ReplicaSet(ReplicaSet.Known.ONE, List.of(broken("a", Check.Step.RENDER)));

        assertThat(one.difference(Layer.TEMPLATE)).isEmpty();
        assertThat(one.notes()).isEmpty();
    }

    @Test
    void a_router_leaves_its_replicas_unknown() {
        assertThat(new ReplicaSet(ReplicaSet.Known.UNKNOWN, List.of(locked("gw"))).notes())
                .containsExactly(
                        "replica unknown: http://gw is a router, and nobody lists the servers behind it, so whichever"
                                + " answered was looked at; list them in endpoint.replicas to have each verified");
    }

    @Test
    void is_read_as_it_was_written() {
        ReplicaSet set = listed(locked("a"), broken("b", Check.Step.RENDER), silent("c"));

        assertThat(ReplicaSetJson.read(ReplicaSetJson.write(set))).contains(set);
        assertThat(ReplicaSetJson.read(JsonNodeFactory.instance.objectNode())).isEmpty();
    }

    private static ReplicaSet listed(ReplicaState... states) {
        return new ReplicaSet(ReplicaSet.Known.LISTED, Arrays.asList(states));
    }

    private static ReplicaState locked(String name) {
        return new ReplicaState(name, URI.create("http://" + name), "", new TreeMap<>());
    }

    private static ReplicaState broken(String name, Check.Step step) {
        return new ReplicaState(name, URI.create("http://" + name), "", new TreeMap<>(Map.of(Layer.TEMPLATE, step)));
    }

    private static ReplicaState silent(String name) {
        return new ReplicaState(
                name, URI.create("http://" + name), "http://" + name + ": does not answer", new TreeMap<>());
    }
}
