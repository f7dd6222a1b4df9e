package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a chat template that differ between two locks.
 *
 * @param field the field of the template layer that holds its digest
 * @param lines a unified diff; empty when one of the texts is not at hand
 */
public record TemplateDiff(String field, List<String> lines) {
    private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
    private static final int CONTEXT_LINES = 3;

    public TemplateDiff {
        lines = List.copyOf(lines);
    }

    /** Returns one for each template that both locks have, and that is not the same. */
    public static List<TemplateDiff> between(Lock before, Lock after, TemplateTexts texts) {
        Map<String, String> earlier = digests(before.layer(Layer.TEMPLATE));
        List<TemplateDiff> diffs = new ArrayList<>();
        digests(after.layer(Layer.TEMPLATE)).forEach((field, digest) -> {
            String other = earlier.get(field);
            if (other != null && !other.equals(digest)) {
                diffs.add(new TemplateDiff(field, lines(field, texts.find(other), texts.find(digest))));
            }
        });
        return diffs;
    }

    private static List<String> lines(String field, Optional<String> before, Optional<String> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        List<String> earlier = before.get().lines().toList();
        List<String> later = after.get().lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(
                "before/" + field, "after/" + field, earlier, DiffUtils.diff(earlier, later), CONTEXT_LINES);
    }

    /** What a server says of its template counts where nothing else tells of one. */
    private static Map<String, String> digests(LayerState state) {
        Map<String, String> digests = new TreeMap<>();
        addDigests(state.declared(), digests);
        addDigests(state.pinned(), digests);
        if (digests.isEmpty()) {
            addDigests(state.observed(), digests);
        }
        return digests;
    }

    private static void addDigests(Map<String, JsonNode> fields, Map<String, String> digests) {
        fields.forEach((field, value) -> {
            Matcher digest = DIGEST.matcher(value.asText());
            if (digest.matches()) {
                digests.put(field, digest.group(1));
            }
        });
    }
}
