package dev.lockstep.gate;

import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.gate.PolicyInForce.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code gate.yaml}; a file that somebody named must be there, so that a typo never judges by another policy. */
public final class GatePolicyReader {
    private static final Map<String, GatePolicy.Judging> JUDGING =
            new TreeMap<>(Map.of("calibrated", GatePolicy.Judging.CALIBRATED, "equality", GatePolicy.Judging.EQUALITY));

    private GatePolicyReader() {}

    /**
     * Reads the policy that judges: the one that somebody named, else the one that may stand beside a baseline, else the
     * shipped one.
     */
    public static PolicyInForce inForce(Optional<Path> named, Path stored) {
        if (named.isPresent()) {
            return new PolicyInForce(read(named.get()), new Source.Named(named.get()));
        }
        return Files.notExists(stored)
                ? PolicyInForce.shipped()
                : new PolicyInForce(read(stored), new Source.Stored(stored));
    }

    /**
     * Reads a policy that must be there.
     *
     * @throws dev.lockstep.document.ProblemsException with every mistake in the file, or because there is none
     */
    public static GatePolicy read(Path file) {
        Problems problems = new Problems();
        Optional<GatePolicy> policy =
                DocumentReader.read(file, problems).map(node -> policy(Fields.of(node, "gate policy", problems)));
        problems.throwIfAny();
        return policy.orElseGet(GatePolicy::defaults);
    }

    private static GatePolicy policy(Fields fields) {
        GatePolicy shipped = GatePolicy.defaults();
        if (!fields.requiredText("schema", "write schema: gate/1").equals("gate/1")) {
            fields.problem("schema", "'schema' must be gate/1, the only version there is");
        }
        GatePolicy policy = new GatePolicy(
                fields.choice("judging", JUDGING, shipped.judging()),
                share(fields, "alpha", shipped.alpha(), new Range("0.0001", "0.5")),
                share(fields, "score_margin", shipped.scoreMargin(), new Range("0.001", "1")),
                share(fields, "max_failed", shipped.maxFailed(), new Range("0", "0.02")),
                share(fields, "min_compared", shipped.minCompared(), new Range("0", "1")));
        fields.rejectUnknown();
        return policy;
    }

    private static double share(Fields fields, String name, double shipped, Range range) {
        double value = fields.number(name, shipped);
        if (!range.holds(value)) {
            fields.problem(name, "'" + name + "' is " + value + "; expected " + range.least() + " to " + range.most());
        }
        return value;
    }

    /** Bounds, both included, written as messages show them. */
    private record Range(String least, String most) {

        boolean holds(double value) {
            return value >= Double.parseDouble(least) && value <= Double.parseDouble(most);
        }
    }
}
