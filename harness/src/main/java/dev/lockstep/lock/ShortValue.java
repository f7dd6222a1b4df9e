package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;

/**
 * A value of a lock as people read it: texts without quotes, an empty one in words, a file by its digest, digests and long
 * values cut.
 */
public final class ShortValue {
    private static final String NOTHING = "(nothing)";
    private static final String DIGEST = "sha256:";
    private static final int DIGEST_LENGTH = DIGEST.length() + 8;
    private static final int LONGEST = 80;
    private static final int CONTEXT = 16;

    private ShortValue() {}

    /** Returns at most 80 characters. */
    public static String of(JsonNode value) {
        return cut(text(value), 0);
    }

    /**
     * Returns a long value from a little before the place where it first differs from {@code other}; of a command line, the
     * arguments that differ.
     */
    public static String unlike(JsonNode value, JsonNode other) {
        boolean areCommands = Arguments.areIn(value) && Arguments.areIn(other);
        String arguments = areCommands ? Arguments.unlike(value, other) : "";
        return arguments.isEmpty() ? excerpt(value, other) : cut(arguments, 0);
    }

    private static String excerpt(JsonNode value, JsonNode other) {
        String text = text(value);
        String otherText = text(other);
        if (text.length() <= LONGEST && otherText.length() <= LONGEST) {
            return cut(text, 0);
        }
        return cut(text, Math.max(0, commonPrefix(text, otherText) - CONTEXT));
    }

    /** Returns a short value, or says that there is none. */
    static String orMissing(String shortValue) {
        return shortValue.isEmpty() ? "(missing)" : shortValue;
    }

    private static String text(JsonNode value) {
        String text = FileEntry.read(value)
                .map(file -> DIGEST + file.sha256())
                .orElseGet(() -> value.isTextual() ? value.textValue() : CanonicalJson.compact(value));
        return text.isEmpty() ? NOTHING : text;
    }

    private static String cut(String text, int from) {
        if (text.startsWith(DIGEST) && text.length() > DIGEST_LENGTH) {
            return text.substring(0, DIGEST_LENGTH) + "…";
        }
        String rest = from == 0 ? text : "…" + text.substring(from);
        return rest.length() <= LONGEST ? rest : rest.substring(0, LONGEST - 1) + "…";
    }

    private static int commonPrefix(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
