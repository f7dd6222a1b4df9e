package dev.lockstep.gate;

import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code gate.yaml}; an absent file means the shipped policy. */
public final class GatePolicyReader {
    private static final Map<String, GatePolicy.Judging> JUDGING =
            new TreeMap<>(Map.of("calibrated", GatePolicy.Judging.CALIBRATED, "equality", GatePolicy.Judging.EQUALITY));

    private GatePolicyReader() {}

    /** Reads the policy. @throws dev.lockstep.document.ProblemsException with every mistake in the file */
    public static GatePolicy read(Path file) {
        if (!Files.exists(file)) {
            return GatePolicy.defaults();
        }
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
                share(fields, "alpha", shipped.alpha(), 0.0001, 0.5),
                share(fields, "score_margin", shipped.scoreMargin(), 0.001, 1),
                share(fields, "max_failed", shipped.maxFailed(), 0, 0.02),
                share(fields, "min_compared", shipped.minCompared(), 0, 1));
        fields.rejectUnknown();
        return policy;
    }

    private static double share(Fields fields, String name, double shipped, double least, double most) {
        double value = fields.number(name, shipped);
        if (value < least || value > most) {
            fields.problem(name, "'" + name + "' is " + value + "; expected " + least + " to " + most);
        }
        return value;
    }
}
