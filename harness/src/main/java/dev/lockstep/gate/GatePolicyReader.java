package dev.lockstep.gate;

import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.gate.PolicyInForce.Source;
import dev.lockstep.run.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code gate.yaml}; a file that somebody named must be there, so that a typo never judges by another policy. */
public final class GatePolicyReader {
    private static final Map<String, GatePolicy.Judging> JUDGING =
            new TreeMap<>(Map.of("calibrated", GatePolicy.Judging.CALIBRATED, "equality", GatePolicy.Judging.EQUALITY));
    private static final SortedMap<String, Profile> PROFILES =
            new TreeMap<>(Arrays.stream(Profile.values()).collect(Collectors.toMap(Profile::key, Function.identity())));
    private static final Map<String, String> RETIRED = Map.of(
            "alpha", "'screen' and 'confirm' under 'levels'",
            "score_margin", "'scores' under 'margins'");
    private static final Range LEVEL = new Range("0.0001", "0.5");
    private static final Range WEIGHT = new Range("0.01", "1");
    private static final Range REACH = new Range("0.000001", "10");
    private static final Range SHARE = new Range("0", "1");

    private final Problems problems;

    private GatePolicyReader(Problems problems) {
        this.problems = problems;
    }

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
        GatePolicyReader reader = new GatePolicyReader(problems);
        Optional<GatePolicy> policy = DocumentReader.read(file, problems)
                .map(node -> reader.policy(Fields.of(node, "gate policy", problems)));
        problems.throwIfAny();
        return policy.orElseGet(GatePolicy::defaults);
    }

    private GatePolicy policy(Fields fields) {
        GatePolicy shipped = GatePolicy.defaults();
        if (!fields.requiredText("schema", "write schema: gate/1").equals("gate/1")) {
            fields.problem("schema", "'schema' must be gate/1, the only version there is");
        }
        GatePolicy policy = new GatePolicy(
                fields.choice("profile", PROFILES, shipped.profile()),
                fields.choice("judging", JUDGING, shipped.judging()),
                levels(part(fields, "levels"), shipped.levels()),
                byDetector(part(fields, "weights"), GatePolicy.WEIGHTS, WEIGHT),
                margins(part(fields, "margins"), shipped.margins()),
                byDetector(part(fields, "reach"), GatePolicy.REACH, REACH),
                tiers(part(fields, "tiers")),
                number(fields, "max_failed", shipped.maxFailed(), new Range("0", "0.02")),
                number(fields, "min_compared", shipped.minCompared(), SHARE),
                waivers(fields));
        fields.rejectUnknown(RETIRED);
        return policy;
    }

    private Fields part(Fields fields, String name) {
        return Fields.of(fields.mapping(name), name, problems);
    }

    private static GatePolicy.Levels levels(Fields fields, GatePolicy.Levels shipped) {
        GatePolicy.Levels levels = new GatePolicy.Levels(
                number(fields, "screen", shipped.screen(), LEVEL), number(fields, "confirm", shipped.confirm(), LEVEL));
        fields.rejectUnknown();
        return levels;
    }

    private static SortedMap<String, Double> byDetector(Fields fields, Map<String, Double> shipped, Range range) {
        SortedMap<String, Double> values = new TreeMap<>();
        new TreeMap<>(shipped)
                .forEach((detector, value) -> values.put(detector, number(fields, detector, value, range)));
        fields.rejectUnknown();
        return values;
    }

    private static GatePolicy.Margins margins(Fields fields, GatePolicy.Margins shipped) {
        GatePolicy.Margins margins = new GatePolicy.Margins(
                number(fields, "scores", shipped.scores(), new Range("0.001", "1")),
                number(fields, "divergence", shipped.divergence(), new Range("0", "100")),
                number(fields, "length", shipped.length(), SHARE));
        fields.rejectUnknown();
        return margins;
    }

    private static Tiers tiers(Fields fields) {
        Tiers tiers = new Tiers(fields.texts("critical"), fields.texts("supporting"), fields.texts("advisory"));
        fields.rejectUnknown();
        tiers.namedTwice()
                .ifPresent(suite -> fields.problem(
                        tiers.of(suite).key(), "suite '" + suite + "' is in more than one tier; name it once"));
        return tiers;
    }

    private List<GatePolicy.Waiver> waivers(Fields fields) {
        return fields.items("waivers").stream()
                .map(item -> waiver(Fields.of(item, "waiver", problems)))
                .toList();
    }

    private static GatePolicy.Waiver waiver(Fields fields) {
        String name = fields.requiredText("name", "name the detector that may stay undecided, such as L3");
        String reason = fields.requiredText("reason", "say why, for whoever reads the report");
        String expires = fields.requiredText("expires", "write the last day on which it holds, such as \"2027-01-31\"");
        if (!name.isEmpty() && !GatePolicy.WEIGHTS.containsKey(name)) {
            fields.problem("name", "'" + name + "' is no detector; expected one of L1, L2, L3, L4");
        }
        fields.rejectUnknown();
        return new GatePolicy.Waiver(name, reason, day(fields, expires));
    }

    private static LocalDate day(Fields fields, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            if (!text.isEmpty()) {
                fields.problem("expires", "'" + text + "' is no day; expected year-month-day, such as \"2027-01-31\"");
            }
            return LocalDate.MIN;
        }
    }

    private static double number(Fields fields, String name, double shipped, Range range) {
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
