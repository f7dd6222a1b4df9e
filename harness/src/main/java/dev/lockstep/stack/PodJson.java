package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what {@code kubectl get pod -o json} (or {@code -o yaml}) says of a pod, or of one in a list. */
record PodJson(LaunchSource source) {
    private static final String POD = "Pod";

    static boolean isOne(DocumentNode node) {
        return node instanceof DocumentNode.Mapping mapping
                && mapping.entries().containsKey("kind")
                && mapping.entries().containsKey("apiVersion");
    }

    Optional<LaunchDescription> read(DocumentNode node) {
        Fields object = fields(node, "the saved object");
        String kind = object.text("kind", "");
        if (kind.equals(POD)) {
            return describe(object);
        }
        if (kind.equals("List") || kind.equals("PodList")) {
            return chosen(object).flatMap(this::describe);
        }
        source.problem(
                "from",
                source.file() + " holds a " + kind + "; save the pod that serves: kubectl get pod NAME -o json");
        return Optional.empty();
    }

    private Optional<Fields> chosen(Fields list) {
        Map<String, Fields> pods = new TreeMap<>();
        for (DocumentNode item : list.items("items")) {
            Fields pod = fields(item, "an item of the list");
            if (pod.text("kind", POD).equals(POD)) {
                pods.put(name(pod), pod);
            }
        }
        Optional<Fields> only = pods.size() == 1 ? pods.values().stream().findFirst() : Optional.empty();
        Optional<Fields> pod = source.pod().isPresent() ? source.pod().map(pods::get) : only;
        if (pod.isEmpty()) {
            String names = pods.isEmpty() ? "none" : String.join(", ", pods.keySet());
            source.problem(
                    source.pod().isPresent() ? "pod" : "from",
                    source.file() + " holds the pods " + names + "; name the one that is meant with 'pod'");
        }
        return pod;
    }

    private String name(Fields pod) {
        return fields(pod.mapping("metadata"), "the pod's metadata").text("name", "");
    }

    private Optional<LaunchDescription> describe(Fields pod) {
        Fields spec = fields(pod.mapping("spec"), "the pod's spec");
        Map<String, PodContainer> containers = new TreeMap<>();
        for (DocumentNode node : spec.items("containers")) {
            Fields container = fields(node, "a container");
            containers.put(container.text("name", ""), new PodContainer(container, source.problems()));
        }
        Map<String, List<String>> words = containers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().looks()));
        PodVolumes volumes = new PodVolumes(spec.items("volumes"), source.problems());
        return new ContainerChoice(source)
                .of(words)
                .flatMap(name -> Optional.ofNullable(containers.get(name))
                        .map(container -> describe(container, volumes, imageId(pod, name))))
                .map(description -> description.withPod(start(pod)));
    }

    private static LaunchDescription describe(PodContainer container, PodVolumes volumes, String imageId) {
        LayerFacts facts = new LayerFacts();
        UnknownFields unknown = new UnknownFields();
        ImageName.put(container.image(), imageId, facts, unknown);
        container.putPlacement(volumes, facts);
        if (!container.hasCommand()) {
            unknown.add(Layer.LAUNCH, "entrypoint");
        }
        return new LaunchDescription(container.words(), container.variables(), facts, unknown);
    }

    private Optional<PodStart> start(Fields pod) {
        Fields metadata = fields(pod.mapping("metadata"), "the pod's metadata");
        return PodStart.read(metadata, fields(pod.mapping("status"), "the pod's status"), source.problems());
    }

    /** Returns which image runs: what the specification names may have moved since. */
    private String imageId(Fields pod, String container) {
        Fields status = fields(pod.mapping("status"), "the pod's status");
        List<String> ids = new ArrayList<>();
        for (DocumentNode node : status.items("containerStatuses")) {
            Fields each = fields(node, "a container's status");
            if (each.text("name", "").equals(container)) {
                ids.add(each.text("imageID", ""));
            }
        }
        return ids.isEmpty() ? "" : ids.getFirst();
    }

    private Fields fields(DocumentNode node, String owner) {
        return PresentFields.of(node, owner, source.problems());
    }
}
