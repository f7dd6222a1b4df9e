package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A locked command line by its flags; one that comes again, and words before any, have a number. */
final class Arguments {
    private static final Pattern FLAG = Pattern.compile("--?[A-Za-z].*", Pattern.DOTALL);

    private final SortedMap<String, JsonNode> values = new TreeMap<>();
    private String flag = "";

    private Arguments() {}

    /** Tells whether a value is a list of words with a flag among them. */
    static boolean areIn(JsonNode value) {
        return value.isArray()
                && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual)
                && StreamSupport.stream(value.spliterator(), false).anyMatch(word -> isFlag(word.textValue()));
    }

    /** Returns the words behind each flag as one text; true for a flag without any. */
    static SortedMap<String, JsonNode> of(JsonNode words) {
        Arguments arguments = new Arguments();
        int position = 0;
        for (JsonNode word : words) {
            position++;
            arguments.add(word.textValue(), position);
        }
        return arguments.values;
    }

    /** Returns what one command line has unlike another, {@code --ctx-size 4096, no --jinja}; empty when only the order differs. */
    static String unlike(JsonNode words, JsonNode other) {
        SortedMap<String, JsonNode> own = of(words);
        SortedMap<String, JsonNode> others = of(other);
        TreeSet<String> names = new TreeSet<>(own.keySet());
        names.addAll(others.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(own.get(name), others.get(name)))
                .map(name -> shown(name, own.get(name)))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String name, @Nullable JsonNode value) {
        if (value == null) {
            return "no " + name;
        }
        return value.isBoolean() ? name : name + " " + value.textValue();
    }

    private void add(String word, int position) {
        int equals = word.indexOf('=');
        if (!isFlag(word)) {
            append(flag.isEmpty() ? "word " + position : flag, word);
        } else if (equals > 0) {
            begin(word.substring(0, equals));
            append(flag, word.substring(equals + 1));
        } else {
            begin(word);
        }
    }

    private void begin(String name) {
        flag = name;
        for (int number = 2; values.containsKey(flag); number++) {
            flag = name + " (" + number + ")";
        }
        values.put(flag, BooleanNode.TRUE);
    }

    private void append(String name, String word) {
        JsonNode before = values.get(name);
        String words = before == null || before.isBoolean() ? word : before.textValue() + " " + word;
        values.put(name, TextNode.valueOf(words));
    }

    private static boolean isFlag(String word) {
        return FLAG.matcher(word).matches();
    }
}
