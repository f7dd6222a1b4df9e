package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one server did when it was verified.
 *
 * @param silence why it gave no usable answer; empty when it did
 * @param broken the layers in which it is not the locked stack, each with the first step that saw it
 */
public record ReplicaState(String name, URI url, String silence, SortedMap<Layer, Check.Step> broken) {

    public ReplicaState {
        broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
    }

    static ReplicaState silent(LiveReplica replica, String why) {
        return new ReplicaState(replica.name(), replica.endpoint().url(), why, new TreeMap<>());
    }

    static ReplicaState of(LiveReplica replica, Verification own) {
        Map<Layer, Check.Step> broken = new TreeMap<>();
        own.broken()
                .forEach(layer ->
                        broken.put(layer, own.breaking(layer).getFirst().step()));
        return new ReplicaState(replica.name(), replica.endpoint().url(), "", new TreeMap<>(broken));
    }

    public boolean answers() {
        return silence.isEmpty();
    }

    /** Returns how it did, in words. */
    public String told() {
        if (!answers()) {
            return silence;
        }
        return broken.isEmpty()
                ? "the locked stack, as far as it can be seen"
                : "not the locked stack: "
                        + String.join(
                                ", ", broken.keySet().stream().map(Layer::key).toList());
    }
}
