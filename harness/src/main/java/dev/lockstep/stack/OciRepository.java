package dev.lockstep.stack;

import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.document.Sha256;
import dev.lockstep.stack.OciRegistry.Answer;
import dev.lockstep.stack.OciRegistry.Gone;
import dev.lockstep.stack.OciRegistry.Held;
import dev.lockstep.stack.OciRegistry.Silent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One repository of a registry, asked for all that an image is made of.
 *
 * @param root the registry
 * @param architecture as images name it, {@code amd64}; empty when nobody knows on which the image runs
 */
record OciRepository(URI root, String name, ModelClient client, Optional<String> architecture) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<Integer> GONE = Set.of(404, 410);

    /** Asks for a manifest, and for what it names: configuration and layers, or the images of the platform. */
    Answer manifest(String digest) {
        String path = "/v2/" + name + "/manifests/" + digest;
        Exchange exchange = client.get(path, PATIENCE);
        if (!exchange.succeeded()) {
            return missing(path, exchange, "gives no manifest");
        }
        String found = "sha256:" + Sha256.of(exchange.body());
        return found.equals(digest)
                ? parts(OciManifest.read(exchange.body()), root + path)
                : new Gone(root + path + ": answers with a manifest of another digest, " + found);
    }

    private Answer parts(OciManifest manifest, String place) {
        return switch (manifest) {
            case OciManifest.Image(var blobs) ->
                Answer.all(blobs.stream().map(this::blob).toList());
            case OciManifest.Index(var images) -> platforms(images, place);
            case OciManifest.Other other ->
                new Silent(place + ": is neither the manifest of an image nor a list of such");
        };
    }

    /** A redirect says where the bytes lie, so the registry has them. */
    private Answer blob(String digest) {
        String path = "/v2/" + name + "/blobs/" + digest;
        Exchange exchange = client.head(path, PATIENCE);
        boolean isRedirected = exchange.status() >= 300 && exchange.status() < 400;
        return exchange.succeeded() || isRedirected ? new Held(1) : missing(path, exchange, "cannot be asked for");
    }

    private Answer missing(String path, Exchange exchange, String otherwise) {
        return GONE.contains(exchange.status())
                ? new Gone(root + path + ": is not there (HTTP " + exchange.status() + ")")
                : new Silent(root + path + ": " + otherwise + " (" + exchange.lastError() + ")");
    }

    private Answer platforms(List<OciManifest.Child> images, String place) {
        if (images.isEmpty()) {
            return new Silent(place + ": lists no images");
        }
        if (architecture.isEmpty()) {
            return anyOf(images);
        }
        String platform = "linux/" + architecture.get();
        List<Answer> answers = images.stream()
                .filter(image -> image.platform().equals(platform))
                .map(image -> manifest(image.digest()))
                .toList();
        return answers.isEmpty() ? new Gone(place + ": has no image for " + platform) : Answer.all(answers);
    }

    /** A mirror may leave out platforms on which nothing is served; which those are, nobody knows here. */
    private Answer anyOf(List<OciManifest.Child> images) {
        List<Answer> answers =
                images.stream().map(image -> manifest(image.digest())).toList();
        return switch (Answer.all(answers)) {
            case Gone(String why)
            when answers.stream().anyMatch(Held.class::isInstance) ->
                new Silent(why + "; no hardware is locked that says whether that platform is served");
            case Answer other -> other;
        };
    }
}
