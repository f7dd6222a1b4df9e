package dev.lockstep.stack;

import static dev.lockstep.stack.FlipForecast.Certainty.AT_LEAST;
import static dev.lockstep.stack.FlipForecast.Certainty.EXACTLY;
import static dev.lockstep.stack.FlipForecast.Certainty.TOLD;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.lock.Layer;
import dev.lockstep.testing.GgufBytes;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Which layers a changed byte must break, as the formats say, by tables and readers of the test's own.
 *
 * @param layers those that must break
 * @param certainty what is known of others
 */
record FlipForecast(Set<Layer> layers, Certainty certainty) {

    /** What the formats tell of a byte. */
    enum Certainty {
        /** These layers break, and no other. */
        EXACTLY,
        /** These break; others may, for the file may not be readable any more. */
        AT_LEAST,
        /** Something must be said; what, depends on how the rest of the file reads now. */
        TOLD
    }

    FlipForecast {
        layers = Set.copyOf(layers);
    }

    /** Foretells what the change of one byte does. */
    interface Forecaster {
        FlipForecast of(long offset, Content after) throws IOException;
    }

    /** The file as it is now; most forecasts need no look at it. */
    interface Content {
        byte[] read() throws IOException;
    }

    static Forecaster whole(Layer layer) {
        return (offset, after) -> new FlipForecast(Set.of(layer), EXACTLY);
    }

    /** A document: told, and nothing breaks. */
    static Forecaster note() {
        return (offset, after) -> new FlipForecast(Set.of(), EXACTLY);
    }

    static Forecaster told() {
        return (offset, after) -> new FlipForecast(Set.of(), TOLD);
    }

    /** JSON of which each value belongs to a layer; blanks and ways of writing the same value break nothing. */
    static Forecaster json(byte[] before, Function<String, Layer> layerOfPointer) throws IOException {
        Map<String, JsonNode> intact = values(before);
        return (offset, after) -> {
            Set<String> moved = new TreeSet<>(intact.keySet());
            try {
                Map<String, JsonNode> found = values(after.read());
                moved.addAll(found.keySet());
                moved.removeIf(pointer -> found.containsKey(pointer)
                        && intact.containsKey(pointer)
                        && same(found.get(pointer), intact.get(pointer)));
            } catch (JsonProcessingException unreadable) {
                // Every value of the file is gone.
            }
            Set<Layer> layers = EnumSet.noneOf(Layer.class);
            moved.forEach(pointer -> layers.add(layerOfPointer.apply(pointer)));
            return new FlipForecast(layers, EXACTLY);
        };
    }

    static Forecaster gguf(GgufBytes file, Function<String, Layer> layerOfKey, Layer weights) {
        return (offset, after) -> {
            GgufBytes.Region region = file.at(offset);
            return switch (region.part()) {
                case STRUCTURE -> new FlipForecast(Set.of(), TOLD);
                case PADDING -> new FlipForecast(Set.of(), EXACTLY);
                case KEY -> new FlipForecast(Set.of(layerOfKey.apply(region.name())), AT_LEAST);
                case VALUE ->
                    new FlipForecast(
                            Set.of(layerOfKey.apply(region.name())), mayRefuse(file, region) ? AT_LEAST : EXACTLY);
                case TENSOR -> new FlipForecast(Set.of(weights), AT_LEAST);
                case DATA -> new FlipForecast(Set.of(weights), EXACTLY);
            };
        };
    }

    /** A truth value has two forms, and a file of another type than its role is refused. */
    private static boolean mayRefuse(GgufBytes file, GgufBytes.Region region) {
        return file.isFlag(region.name()) || region.name().equals("general.type");
    }

    /** Tells whether what broke is what was foretold. */
    boolean allows(Set<Layer> broken) {
        BiPredicate<Set<Layer>, Set<Layer>> fits =
                switch (certainty) {
                    case EXACTLY -> Set::equals;
                    case AT_LEAST -> Set::containsAll;
                    case TOLD -> (found, foretold) -> true;
                };
        return fits.test(broken, layers);
    }

    private static Map<String, JsonNode> values(byte[] json) throws IOException {
        JsonNode root = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(json);
        Map<String, JsonNode> values = new TreeMap<>();
        collect("", root, values);
        return values;
    }

    private static void collect(String pointer, JsonNode value, Map<String, JsonNode> values) {
        if (!value.isObject() || value.isEmpty()) {
            values.put(pointer, value);
            return;
        }
        value.properties().forEach(each -> collect(pointer + "/" + each.getKey(), each.getValue(), values));
    }

    private static boolean same(JsonNode one, JsonNode other) {
        boolean areNumbers = one.isNumber() && other.isNumber();
        return areNumbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }
}
