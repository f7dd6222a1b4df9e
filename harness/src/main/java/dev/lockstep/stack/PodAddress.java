package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a pod as a server, as {@code kubectl get pods -o json} writes it: its address, ports, readiness and start. */
record PodAddress(Problems problems) {
    Optional<SavedReplica> read(DocumentNode node) {
        Fields pod = fields(node, "the pod");
        Fields metadata = fields(pod.mapping("metadata"), "the pod's metadata");
        Fields status = fields(pod.mapping("status"), "the pod's status");
        String name = metadata.text("name", "");
        String address = status.text("podIP", "");
        if (address.isEmpty()) {
            problems.add(
                    node.position(),
                    "pod '" + name + "' has no address yet; wait until it is ready, and save it again");
            return Optional.empty();
        }
        boolean terminates = metadata.has("deletionTimestamp");
        return Optional.of(new SavedReplica(
                name,
                address,
                ports(fields(pod.mapping("spec"), "the pod's spec")),
                terminates ? "is terminating" : readiness(status),
                PodStart.read(metadata, status, problems),
                node.position()));
    }

    private List<SavedReplica.Port> ports(Fields spec) {
        List<SavedReplica.Port> ports = new ArrayList<>();
        for (DocumentNode container : spec.items("containers")) {
            for (DocumentNode node : fields(container, "a container").items("ports")) {
                Fields port = fields(node, "a port of a container");
                ports.add(new SavedReplica.Port(
                        port.text("name", ""), (int) port.integer("containerPort", 0, 1, SavedReplicas.MOST_PORTS)));
            }
        }
        return ports;
    }

    private String readiness(Fields status) {
        for (DocumentNode node : status.items("conditions")) {
            Fields condition = fields(node, "a condition");
            if (condition.text("type", "").equals("Ready")
                    && condition.text("status", "").equals("True")) {
                return "";
            }
        }
        return "is not ready";
    }

    private Fields fields(DocumentNode node, String owner) {
        return PresentFields.of(node, owner, problems);
    }
}
