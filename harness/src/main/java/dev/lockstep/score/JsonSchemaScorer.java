package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.List;
import java.util.Optional;

/** {@code json_schema}: the text is JSON that {@code reference.schema} (JSON Schema 2020-12) allows. */
final class JsonSchemaScorer implements Scorer {

    @Override
    public String name() {
        return "json_schema";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        Fence text = Fence.strip(answer.text());
        Optional<JsonNode> value = StrictJson.parse(text.content());
        if (value.isEmpty()) {
            return Judgement.by(this)
                    .unparseable(text.named("is " + Excerpt.of(text.content()) + ", which is no JSON"));
        }
        return JsonSchemas.violation(reference.path("schema"), value.get())
                .map(violation -> Judgement.by(this).wrong(text.named(violation)))
                .orElseGet(() -> Judgement.by(this).right(text.named("is valid")));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        Mistakes mistakes = Mistakes.of(this)
                .need(reference, "schema", "a JSON schema", JsonNode::isObject)
                .flags(parameters);
        if (reference.path("schema").isObject()) {
            JsonSchemas.mistake(reference.path("schema"))
                    .ifPresent(mistake -> mistakes.add("cannot use 'reference.schema': " + mistake + "; correct it"));
        }
        return mistakes.list();
    }
}
