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
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private final SuiteContext suite;
    private final ScorerReader scorers;
    private final RoleRules rules;
    private final Map<String, Position> ids = new HashMap<>();

    CaseReader(SuiteContext suite, ScorerReader scorers) {
        this.suite = suite;
        this.scorers = scorers;
        this.rules = new RoleRules(suite.role(), suite.suiteMistakes());
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
        rules.checkRepetitions(fields, owner, settings.repetitions());
        Conversation conversation = Conversation.read(fields, suite, owner);
        ObjectNode body = conversation.body();
        tools(fields, owner).ifPresent(tools -> body.set("tools", tools));
        JsonNode reference = fields.mapping("reference").toJson();
        EvalCase evalCase = new EvalCase(
                suite.suite(),
                id,
                Tags.read(fields),
                rules.stratum(fields),
                body,
                settings.sampling(),
                settings.repetitions().resolved(),
                settings.topLogprobs(),
                settings.timeout(),
                conversation.media(),
                reference,
                rules.checked(scorers.read(fields, owner, reference), fields),
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

    private static String owner(DocumentNode node, int number) {
        String id = node.toJson().path("id").asText();
        return id.isEmpty() ? "case " + number : "case '" + id + "'";
    }
}
