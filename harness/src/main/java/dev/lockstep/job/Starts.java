package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.stack.Epochs;
import dev.lockstep.stack.LiveReplica;
import dev.lockstep.stack.ReplicaSet.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The starts of a stack's servers at one moment.
 *
 * @param epochs by the server's name, of those that answer
 * @param silent why the others do not, by name; empty where there is one server, for then nothing is left to look at
 */
record Starts(Known known, SequencedMap<String, String> epochs, SequencedMap<String, String> silent) {
    private static final String BETWEEN = " | ";

    Starts {
        epochs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(epochs));
        silent = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(silent));
    }

    /**
     * A server that was started anew.
     *
     * @param server as a sentence begins: {@code the server}, {@code replica 10.0.0.7:8000}
     */
    record Restart(String server, String then, String now) {}

    /** Looks at every server. @throws LockstepException of kind ENDPOINT when none answers */
    static Starts of(Connections connections) {
        SequencedMap<String, String> epochs = new LinkedHashMap<>();
        SequencedMap<String, String> silent = new LinkedHashMap<>();
        for (LiveReplica replica : connections.replicas()) {
            try {
                epochs.put(replica.name(), connections.start(replica));
            } catch (LockstepException e) {
                if (connections.known() != Known.LISTED || e.kind() != ErrorKind.ENDPOINT) {
                    throw e;
                }
                silent.put(replica.name(), String.valueOf(e.getMessage()));
            }
        }
        connections.requireRouter();
        return new Starts(connections.known(), epochs, silent);
    }

    /** Returns the name of all starts together, in the order in which cases are spread; unknown when one of them is. */
    String epoch() {
        if (known != Known.LISTED) {
            return epochs.sequencedValues().getFirst();
        }
        return epochs.isEmpty() || epochs.containsValue(Epochs.UNKNOWN)
                ? Epochs.UNKNOWN
                : epochs.entrySet().stream()
                        .map(start -> start.getKey() + "=" + start.getValue())
                        .collect(Collectors.joining(BETWEEN));
    }

    /** Returns the same starts, of servers that are asked in another order: each for what the one before it is asked for here. */
    Starts rotated() {
        List<String> names = new ArrayList<>(epochs.keySet());
        Collections.rotate(names, -1);
        SequencedMap<String, String> rotated = new LinkedHashMap<>();
        names.forEach(name -> rotated.put(name, epochs.getOrDefault(name, Epochs.UNKNOWN)));
        return new Starts(known, rotated, silent);
    }

    /** Returns the servers that answered then and now, from another start. */
    List<Restart> restarted(Starts now) {
        List<Restart> restarts = new ArrayList<>();
        epochs.forEach((name, then) -> {
            String later = now.epochs.getOrDefault(name, then);
            if (!later.equals(then)) {
                restarts.add(new Restart(called(name), then, later));
            }
        });
        return restarts;
    }

    /** Tells what made a run doubtful that began with these starts; empty when nothing did. */
    List<String> trouble(Starts now) {
        List<String> trouble = new ArrayList<>();
        restarted(now)
                .forEach(restart -> trouble.add(restart.server() + " was restarted in the middle of the run (epoch "
                        + restart.then() + ", then " + restart.now() + "); start the same command again"));
        now.silent.forEach((name, why) -> trouble.add(called(name) + " no longer answers: " + why));
        return trouble;
    }

    /** Returns the starts of the single servers that an epoch names. */
    static Set<String> single(String epoch) {
        return Arrays.stream(epoch.split(Pattern.quote(BETWEEN), -1))
                .map(start -> start.substring(start.indexOf('=') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String called(String name) {
        return known == Known.LISTED ? "replica " + name : "the server";
    }
}
