package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code numeric}: the text is a number within {@code tolerance} (absolute) of {@code reference.number.value}.
 *
 * <p>The whole text must be the number; {@code find: last} takes the last number in it. {@code 50 %} is one half.
 */
final class NumericScorer implements Scorer {
    private static final Set<String> FIELDS = Set.of("value", "tolerance");

    @Override
    public String name() {
        return "numeric";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        Optional<String> text = parameters.has("find") ? Fraction.lastIn(answer.text()) : Optional.of(answer.text());
        Optional<Fraction> number = text.flatMap(Fraction::parse);
        if (number.isEmpty()) {
            return Judgement.by(this).unparseable(noNumber(answer.text(), text, parameters));
        }
        JsonNode expected = reference.path("number");
        String said = "is " + Excerpt.of(text.get());
        return number.get().isWithin(tolerance(expected), value(expected).orElseThrow())
                ? Judgement.by(this).right(said)
                : Judgement.by(this).wrong(said + ", expected " + described(expected));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        Mistakes mistakes = Mistakes.of(this)
                .need(reference, "number", "{value, tolerance}", JsonNode::isObject)
                .parameters(
                        parameters,
                        Map.of("find", "last"),
                        (name, value) -> value.asText().equals("last"));
        JsonNode number = reference.path("number");
        number.properties().stream()
                .filter(field -> !FIELDS.contains(field.getKey()))
                .forEach(field -> mistakes.add(
                        "knows no '" + field.getKey() + "' in 'reference.number'; expected value and tolerance"));
        if (number.isObject() && value(number).isEmpty()) {
            mistakes.add("needs a number in 'reference.number.value', not " + orNothing(number.path("value")));
        }
        JsonNode tolerance = number.path("tolerance");
        if (!tolerance.isMissingNode()
                && !(tolerance.isNumber() && tolerance.decimalValue().signum() >= 0)) {
            mistakes.add("needs a number from 0 on in 'reference.number.tolerance', not " + tolerance);
        }
        return mistakes.list();
    }

    private static String noNumber(String text, Optional<String> part, ObjectNode parameters) {
        if (!parameters.has("find")) {
            return "is " + Excerpt.of(text) + ", which is no number as a whole";
        }
        return part.map(found -> "has " + Excerpt.of(found) + " as its last number, which cannot be read")
                .orElse("is " + Excerpt.of(text) + ", which has no number in it");
    }

    private static Optional<Fraction> value(JsonNode number) {
        JsonNode value = number.path("value");
        if (value.isNumber()) {
            return Optional.of(new Fraction(value.decimalValue(), BigDecimal.ONE));
        }
        return value.isTextual() ? Fraction.parse(value.textValue()) : Optional.empty();
    }

    private static BigDecimal tolerance(JsonNode number) {
        return number.has("tolerance") ? number.path("tolerance").decimalValue() : BigDecimal.ZERO;
    }

    private static String described(JsonNode number) {
        String value = number.path("value").asText();
        return tolerance(number).signum() == 0
                ? value
                : value + " ± " + number.path("tolerance").asText();
    }

    private static String orNothing(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }
}
