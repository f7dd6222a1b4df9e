package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the servers of an EndpointSlice, as {@code kubectl get endpointslice -o json} writes it.
 *
 * <p>Of several addresses of one endpoint only the first counts, and an unknown readiness is one, as the API of
 * {@code discovery.k8s.io/v1} says.
 */
record EndpointSliceJson(Problems problems) {
    List<SavedReplica> read(DocumentNode slice) {
        Fields fields = PresentFields.of(slice, "the EndpointSlice", problems);
        List<SavedReplica.Port> ports = fields.items("ports").stream()
                .map(node -> PresentFields.of(node, "a port of the EndpointSlice", problems))
                .map(EndpointSliceJson::port)
                .filter(port -> port.number() > 0)
                .toList();
        List<SavedReplica> replicas = new ArrayList<>();
        for (DocumentNode endpoint : fields.items("endpoints")) {
            endpoint(endpoint, ports).ifPresent(replicas::add);
        }
        return replicas;
    }

    private static SavedReplica.Port port(Fields port) {
        return new SavedReplica.Port(port.text("name", ""), (int) port.integer("port", 0, 1, SavedReplicas.MOST_PORTS));
    }

    private Optional<SavedReplica> endpoint(DocumentNode node, List<SavedReplica.Port> ports) {
        Fields endpoint = PresentFields.of(node, "an endpoint", problems);
        List<String> addresses = endpoint.texts("addresses");
        if (addresses.isEmpty()) {
            problems.add(node.position(), "the endpoint has no address; save the slices again");
            return Optional.empty();
        }
        Fields target = PresentFields.of(endpoint.mapping("targetRef"), "a targetRef", problems);
        return Optional.of(new SavedReplica(
                target.text("name", ""),
                addresses.getFirst(),
                ports,
                state(endpoint),
                Optional.empty(),
                node.position()));
    }

    private String state(Fields endpoint) {
        Fields conditions = PresentFields.of(endpoint.mapping("conditions"), "the conditions", problems);
        if (conditions.flag("terminating", false)) {
            return "is terminating";
        }
        return conditions.flag("ready", true) ? "" : "is not ready";
    }
}
