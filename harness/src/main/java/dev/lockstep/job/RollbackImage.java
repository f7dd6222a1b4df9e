package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.stack.OciRegistry;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the image of a lock lies in a registry of one's own: whoever pushes to another may overwrite a tag or delete what it
 * stood for.
 */
record RollbackImage(Lock lock, Map<String, String> tokens, Workplace workplace) {
    private static final String PART = "image";
    private static final String MIRROR = "mirror";

    Item item() {
        if (declared(ImageReference.IMAGE).isEmpty()) {
            return Item.notNeeded(PART, "the lock names none");
        }
        Optional<String> digest = declared(ImageReference.DIGEST);
        if (digest.isEmpty()) {
            return Item.degraded(
                    PART,
                    declared(ImageReference.IMAGE).get() + " is a tag alone, which may name other bytes by now",
                    "lock image: name:tag@sha256:… from now on");
        }
        return declared(MIRROR)
                .map(mirror -> mirrored(mirror, digest.get()))
                .orElseGet(() -> Item.degraded(
                        PART,
                        digest.get() + " lies in no registry of your own, as far as the lock says",
                        "copy it to one, and lock declared: {engine: {mirror: \"registry.example/name@sha256:…\"}}"));
    }

    private Item mirrored(String mirror, String digest) {
        Optional<ImageReference> image = ImageReference.of(mirror);
        if (image.flatMap(ImageReference::digest).filter(digest::equals).isEmpty()) {
            return Item.impossible(
                    PART,
                    "the mirror '" + mirror + "' is not the locked image " + digest,
                    "copy the locked image to it");
        }
        return switch (registry().ask(image.get())) {
            case OciRegistry.Held(int blobs) ->
                Item.ready(PART, mirror + " answers with the locked manifest, and has the " + blobs + " blobs of it");
            case OciRegistry.Gone(String why) ->
                Item.impossible(PART, why, "copy the locked image to the mirror again");
            case OciRegistry.Silent(String why) ->
                Item.degraded(PART, why, "see to the registry, or name a token with --token-env HOST=NAME");
        };
    }

    private OciRegistry registry() {
        Optional<String> architecture = Optional.ofNullable(
                        lock.layer(Layer.HARDWARE).observed().get("architecture"))
                .map(JsonNode::asText);
        return new OciRegistry(tokens, workplace.environment(), architecture);
    }

    private Optional<String> declared(String field) {
        return Optional.ofNullable(lock.layer(Layer.ENGINE).declared().get(field))
                .map(JsonNode::asText);
    }
}
