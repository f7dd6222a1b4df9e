package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container image as it is asked for: {@code vllm/vllm-openai:v0.33.0@sha256:…}.
 *
 * <p>A tag is a name that registries overwrite and delete; the digest alone says which bytes run.
 *
 * @param name registry and repository
 */
public record ImageReference(String name, Optional<String> tag, Optional<String> digest) {
    /** The field of the name, and the prefix of the digest's. */
    public static final String IMAGE = "image";

    /** The field of the digest. */
    public static final String DIGEST = IMAGE + ".digest";

    private static final Pattern FORM = Pattern.compile(
            "(?<name>(?:[\\w.-]+(?::\\d+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    /** Reads a reference after the grammar of OCI's distribution; empty when it is none. */
    public static Optional<ImageReference> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ImageReference(
                        matcher.group("name"), given(matcher.group("tag")), given(matcher.group("digest"))))
                : Optional.empty();
    }

    /** Returns its fields in the engine layer; without a digest, only what it is called. */
    public SortedMap<String, JsonNode> fields() {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        fields.put(IMAGE, TextNode.valueOf(tag.map(each -> name + ":" + each).orElse(name)));
        digest.ifPresent(each -> fields.put(DIGEST, TextNode.valueOf(each)));
        return fields;
    }

    /** Tells whether fields of an engine layer name an image of which nobody said the digest. */
    public static boolean isWithoutDigest(Map<String, JsonNode> fields) {
        return fields.containsKey(IMAGE) && !fields.containsKey(DIGEST);
    }

    private static Optional<String> given(@Nullable String group) {
        return Optional.ofNullable(group);
    }
}
