package dev.lockstep.run;

import dev.lockstep.client.ModelClient;
import dev.lockstep.document.Sha256;
import dev.lockstep.suite.EvalCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which server is asked for which case: decided by the case's path alone, so that the same case meets the same server in every run,
 * whatever else is asked, and its answers are pairs.
 *
 * @param targets the servers, at least one
 */
public record Spread(List<Target> targets) {
    /** Stands for a server that nobody can name. */
    public static final String UNNAMED = "-";

    private static final int DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    public Spread {
        targets = List.copyOf(targets);
    }

    /**
     * A server that is asked.
     *
     * @param replica its name in samples; {@value #UNNAMED} where only the answer may tell it
     */
    public record Target(String replica, ModelClient client) {}

    /** Asks one address for everything. */
    public static Spread over(ModelClient client) {
        return new Spread(List.of(new Target(UNNAMED, client)));
    }

    public Target of(EvalCase evalCase) {
        long hash = Long.parseLong(Sha256.of(evalCase.path()).substring(0, DIGITS), HEXADECIMAL);
        return targets.get((int) (hash % targets.size()));
    }

    /** Returns the same servers, each asked for what the one before it is asked for here. */
    public Spread rotated() {
        List<Target> rotated = new ArrayList<>(targets);
        Collections.rotate(rotated, -1);
        return new Spread(rotated);
    }
}
