package dev.lockstep.stack;

import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image of a container, as the engine layer holds it.
 *
 * <p>The digest of a manifest names the same bytes in every registry; a tag can be pushed again, and the id of an image, the
 * digest of its configuration, is known only where the image is.
 */
final class ImageName {
    private static final Pattern OF_MANIFEST = Pattern.compile(".*@(sha256:\\p{XDigit}{64})");
    private static final Pattern OF_CONFIGURATION = Pattern.compile("(?:docker://)?(sha256:\\p{XDigit}{64})");

    private ImageName() {}

    /**
     * Adds what a description tells.
     *
     * @param name how the image was asked for; empty when it is not told
     * @param resolved what runs: a reference with a digest, an id, or empty
     */
    static void put(String name, String resolved, LayerFacts facts, UnknownFields unknown) {
        if (!name.isEmpty()) {
            facts.put(Layer.ENGINE, ImageReference.IMAGE, name);
        }
        Optional<String> digest = group(OF_MANIFEST, resolved).or(() -> group(OF_MANIFEST, name));
        digest.ifPresentOrElse(
                found -> facts.put(Layer.ENGINE, ImageReference.DIGEST, found),
                () -> unknown.add(Layer.ENGINE, ImageReference.DIGEST));
        group(OF_CONFIGURATION, resolved).ifPresent(id -> facts.put(Layer.ENGINE, "imageId", id));
    }

    /** Returns the digest of a manifest in a reference; empty where it holds none, or that of a configuration. */
    static Optional<String> digest(String reference) {
        return group(OF_MANIFEST, reference);
    }

    private static Optional<String> group(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
