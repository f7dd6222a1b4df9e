package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** JSON Schema 2020-12, from what stands in the suite alone: nothing is fetched, and unknown keywords are mistakes. */
final class JsonSchemas {
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            DIALECT,
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.block(JsonSchemas::isForeign).fetchRemoteResources(false)));
    private static final Schema META = SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

    private static final Pattern FULL_STOP = Pattern.compile("\\.$");

    private JsonSchemas() {}

    /** Returns what is wrong with a schema itself. */
    static Optional<String> mistake(JsonNode schema) {
        List<Error> errors = META.validate(schema);
        if (!errors.isEmpty()) {
            return Optional.of(broken(errors));
        }
        try {
            REGISTRY.getSchema(schema).initializeValidators();
            return Optional.empty();
        } catch (SchemaException e) {
            return Optional.of(FULL_STOP.matcher(String.valueOf(e.getMessage())).replaceFirst(""));
        }
    }

    /** Returns which keywords a value breaks, and where. */
    static Optional<String> violation(JsonNode schema, JsonNode value) {
        List<Error> errors = REGISTRY.getSchema(schema).validate(value);
        return errors.isEmpty() ? Optional.empty() : Optional.of(broken(errors));
    }

    private static String broken(List<Error> errors) {
        return errors.stream().map(JsonSchemas::broken).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String broken(Error error) {
        String where = error.getInstanceLocation().toString();
        String property = error.getProperty() == null ? "" : " (" + error.getProperty() + ")";
        return (where.isEmpty() ? "the value" : where) + " breaks '" + error.getKeyword() + "'" + property;
    }

    private static boolean isForeign(AbsoluteIri iri) {
        return !iri.toString().startsWith("https://json-schema.org/");
    }
}
