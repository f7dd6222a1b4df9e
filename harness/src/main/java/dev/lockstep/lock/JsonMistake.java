package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a file that should be JSON, in one line with its place. */
final class JsonMistake {
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*");

    private JsonMistake() {}

    static String of(JsonProcessingException e) {
        String reason = START_MARKER
                .matcher(e.getOriginalMessage().lines().findFirst().orElse("unknown reason"))
                .replaceFirst("");
        return e.getLocation() == null
                ? reason
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": " + reason;
    }
}
