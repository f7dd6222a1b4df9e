package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What a manifest names: the parts of an image, or images by platform (OCI image specification 1.1, Docker's of version 2). */
sealed interface OciManifest {

    /** An image, with the digests of its configuration and layers. */
    record Image(List<String> blobs) implements OciManifest {
        public Image {
            blobs = List.copyOf(blobs);
        }
    }

    /** Images, one for each platform; attestations of a builder are left out, for nothing runs them. */
    record Index(List<Child> images) implements OciManifest {
        public Index {
            images = List.copyOf(images);
        }
    }

    /** Something else, such as an artifact that is no image. */
    record Other() implements OciManifest {}

    /** An image in an index. */
    record Child(String digest, String system, String architecture) {

        /** Returns its name as people write it: {@code linux/amd64}. */
        String platform() {
            return system + "/" + architecture;
        }

        private boolean isOfPlatform() {
            return !system.equals("unknown");
        }
    }

    /** Reads a manifest. */
    static OciManifest read(String json) {
        try {
            return of(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            return new Other();
        }
    }

    private static OciManifest of(JsonNode manifest) {
        if (manifest.path("manifests").isArray()) {
            return index(manifest.path("manifests"));
        }
        String configuration = digest(manifest.path("config"));
        return configuration.isEmpty() || !manifest.path("layers").isArray()
                ? new Other()
                : image(configuration, manifest.path("layers"));
    }

    private static Image image(String configuration, JsonNode layers) {
        List<String> blobs = new ArrayList<>(List.of(configuration));
        layers.forEach(layer -> blobs.add(digest(layer)));
        return new Image(blobs.stream().distinct().toList());
    }

    private static Index index(JsonNode manifests) {
        List<Child> images = new ArrayList<>();
        for (JsonNode each : manifests) {
            JsonNode platform = each.path("platform");
            images.add(new Child(
                    digest(each),
                    platform.path("os").asText("linux"),
                    platform.path("architecture").asText("")));
        }
        return new Index(images.stream().filter(Child::isOfPlatform).toList());
    }

    private static String digest(JsonNode descriptor) {
        return descriptor.path("digest").asText();
    }
}
