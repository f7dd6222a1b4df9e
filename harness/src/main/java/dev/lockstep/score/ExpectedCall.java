package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A call that a case expects.
 *
 * <p>{@code allowed} gives each parameter the list of its values. A parameter may be absent when {@code optional} names it or when {@code ""} is one of its values.
 */
record ExpectedCall(String name, JsonNode allowed, Set<String> optional) {

    static List<ExpectedCall> allOf(JsonNode reference) {
        return StreamSupport.stream(reference.path("calls").spliterator(), false)
                .map(ExpectedCall::of)
                .toList();
    }

    private static ExpectedCall of(JsonNode call) {
        Set<String> optional = new HashSet<>();
        call.path("optional").forEach(name -> optional.add(name.asText()));
        return new ExpectedCall(call.path("name").asText(), call.path("args"), optional);
    }

    /** Returns why an actual call is not this one, as the Berkeley leaderboard names it; empty when it is. */
    Optional<String> difference(ActualCall actual) {
        if (!actual.name().equals(name)) {
            return Optional.of("wrong_func_name: '" + actual.name() + "', expected '" + name + "'");
        }
        return missing(actual).or(() -> unexpected(actual)).or(() -> wrongValue(actual));
    }

    private Optional<String> missing(ActualCall actual) {
        return allowed.properties().stream()
                .map(Map.Entry::getKey)
                .filter(parameter -> !actual.arguments().has(parameter) && !mayBeAbsent(parameter))
                .findFirst()
                .map(parameter -> "missing_required: " + name + " without '" + parameter + "'");
    }

    private boolean mayBeAbsent(String parameter) {
        return optional.contains(parameter) || ArgumentRules.mayBeAbsent(allowed.path(parameter));
    }

    private Optional<String> unexpected(ActualCall actual) {
        return actual.arguments().properties().stream()
                .map(Map.Entry::getKey)
                .filter(parameter -> !allowed.has(parameter))
                .findFirst()
                .map(parameter -> "unexpected_param: " + name + " with '" + parameter + "'");
    }

    private Optional<String> wrongValue(ActualCall actual) {
        return actual.arguments().properties().stream()
                .flatMap(field -> ArgumentRules.error(field.getValue(), allowed.path(field.getKey())).stream()
                        .map(error -> error + ": " + name + " '" + field.getKey() + "' is " + field.getValue()
                                + ", expected one of " + allowed.path(field.getKey())))
                .findFirst();
    }
}
