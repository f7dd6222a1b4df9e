package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The volumes of a pod by name, each as its kind and what tells it from others of the kind. */
final class PodVolumes {
    /** Of other kinds, a name says nothing of the bytes, belongs to one node, or is nobody's business. */
    private static final Map<String, String> TELLING = Map.of(
            "configMap", "name",
            "csi", "driver",
            "image", "reference",
            "persistentVolumeClaim", "claimName");

    private final Map<String, String> kinds = new TreeMap<>();

    PodVolumes(List<DocumentNode> volumes, Problems problems) {
        for (DocumentNode node : volumes) {
            String name = PresentFields.of(node, "a volume", problems).text("name", "");
            node.toJson().properties().stream()
                    .filter(field -> field.getValue().isObject())
                    .findFirst()
                    .ifPresent(field -> kinds.put(name, kind(field.getKey(), field.getValue())));
        }
    }

    String kind(String volume) {
        return kinds.getOrDefault(volume, "volume");
    }

    private static String kind(String kind, JsonNode settings) {
        String telling = TELLING.get(kind);
        String name = telling == null ? "" : settings.path(telling).asText();
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
