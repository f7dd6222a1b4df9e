package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the cases of one suite. */
final class CaseReader {
    static final String ID_RULE = "use lower-case letters, digits, '.', '_' and '-', a letter or digit first";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private final SuiteContext suite;
    private final ScorerReader scorers;
    private final Map<String, Position> ids = new HashMap<>();

    CaseReader(SuiteContext suite, ScorerReader scorers) {
        this.suite = suite;
        this.scorers = scorers;
    }

    List<EvalCase> readAll(List<DocumentNode> nodes) {
        List<EvalCase> cases = new ArrayList<>();
        for (DocumentNode node : nodes) {
            String owner = owner(node, cases.size() + 1);
            Mappings.open(node, owner, suite.problems()).ifPresent(fields -> cases.add(read(fields, owner)));
        }
        return cases;
    }

    private EvalCase read(Fields fields, String owner) {
        String id = id(fields);
        Settings settings = Settings.read(fields, suite.defaults());
        checkSampling(fields, owner, settings.sampling());
        Conversation conversation = Conversation.read(fields, suite, owner);
        ObjectNode body = conversation.body();
        tools(fields, owner).ifPresent(tools -> body.set("tools", tools));
        JsonNode reference = fields.mapping("reference").toJson();
        EvalCase evalCase = new EvalCase(
                suite.suite(),
                id,
                Tags.read(fields),
                stratum(fields),
                body,
                settings.sampling(),
                settings.repetitions().resolved(),
                settings.topLogprobs(),
                settings.timeout(),
                conversation.media(),
                reference,
                scorers(fields, owner, reference),
                fields.position(),
                "");
        fields.rejectUnknown();
        return CaseHash.addTo(evalCase);
    }

    private String id(Fields fields) {
        String id = fields.matching("id", ID, ID_RULE);
        Position earlier = id.isEmpty() ? null : ids.putIfAbsent(id, fields.position("id"));
        if (earlier != null) {
            fields.problem("id", "line " + earlier.line() + " has this id already; give each case its own");
        }
        return id;
    }

    private void checkSampling(Fields fields, String owner, ObjectNode sampling) {
        for (String name : List.of("temperature", "max_tokens")) {
            if (!sampling.has(name)) {
                suite.suiteMistakes()
                        .report(
                                "sampling " + name,
                                fields.position(),
                                owner + " sends no '" + name + "'; add it to 'sampling' of the suite or of the case");
            }
        }
    }

    private Optional<ArrayNode> tools(Fields fields, String owner) {
        ArrayNode tools = suite.tools().select(fields);
        if (tools.isEmpty()) {
            return Optional.empty();
        }
        suite.requirements().check("tools", fields.position("tools"), owner + " uses tools");
        return Optional.of(tools);
    }

    private Optional<String> stratum(Fields fields) {
        boolean given = fields.has("stratum");
        return switch (suite.role()) {
            case FINGERPRINT ->
                Optional.of(fields.matching("stratum", ID, "name the kind of prompt, such as natural-stop"));
            case SCORES -> {
                if (given) {
                    fields.problem("stratum", "'stratum' goes with role: fingerprint; remove it");
                }
                yield Optional.empty();
            }
        };
    }

    private List<ScorerSpec> scorers(Fields fields, String owner, JsonNode reference) {
        List<ScorerSpec> specs = scorers.read(fields, owner, reference);
        boolean none = fields.items("scorers").isEmpty();
        switch (suite.role()) {
            case SCORES -> {
                if (none) {
                    fields.problem(
                            "scorers",
                            "there is no scorer; add one to 'scorers', or set role: fingerprint in the suite");
                }
            }
            case FINGERPRINT -> {
                if (!none) {
                    fields.problem(
                            "scorers",
                            "a fingerprint is compared token by token and not scored; remove 'scorers', or move the case to"
                                    + " a suite of role: scores");
                }
            }
        }
        return specs;
    }

    private static String owner(DocumentNode node, int number) {
        String id = node.toJson().path("id").asText();
        return id.isEmpty() ? "case " + number : "case '" + id + "'";
    }
}
