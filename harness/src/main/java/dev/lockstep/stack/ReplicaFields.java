package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads which servers stand behind an endpoint: its fields {@code replicas} and {@code router}. */
final class ReplicaFields {
    private static final String REPLICAS = "replicas";
    private static final String ROUTER = "router";
    private static final Map<String, String> SCHEMES = new TreeMap<>(Map.of("http", "http", "https", "https"));

    private final Path folder;
    private final Problems problems;

    ReplicaFields(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Replicas read(Fields endpoint) {
        boolean router = endpoint.flag(ROUTER, false);
        Optional<DocumentNode> replicas = endpoint.node(REPLICAS);
        if (replicas.isEmpty()) {
            return router ? new Replicas.Unlisted() : new Replicas.Single();
        }
        if (router) {
            endpoint.problem(
                    ROUTER,
                    "'router' says that the servers behind 'url' are unknown, but 'replicas' names them; remove 'router'");
        }
        return new Replicas.Listed(
                replicas.get() instanceof DocumentNode.Mapping saved ? saved(saved) : written(endpoint));
    }

    private List<Replica> written(Fields endpoint) {
        List<String> texts = endpoint.texts(REPLICAS);
        if (endpoint.items(REPLICAS).isEmpty()) {
            endpoint.problem(
                    REPLICAS,
                    "'replicas' names no server; list their roots, or name a saved EndpointSlice: {from: slices.json}");
        }
        Map<String, Replica> byName = new LinkedHashMap<>();
        for (String text : texts) {
            Optional<URI> url = EndpointFields.root(text);
            if (url.isEmpty()) {
                endpoint.problem(
                        REPLICAS,
                        "'replicas' has '" + text
                                + "'; expected http(s)://host:port without /v1, an IPv6 address in brackets");
            }
            url.map(Replica::at).ifPresent(replica -> addOnce(replica, byName, endpoint));
        }
        return List.copyOf(byName.values());
    }

    private static void addOnce(Replica replica, Map<String, Replica> byName, Fields endpoint) {
        if (byName.putIfAbsent(replica.name(), replica) != null) {
            endpoint.problem(REPLICAS, "'replicas' has " + replica.name() + " twice; keep one");
        }
    }

    private List<Replica> saved(DocumentNode.Mapping mapping) {
        Fields fields = Fields.of(mapping, "endpoint.replicas", problems);
        String from = fields.requiredText("from", "name what `kubectl get endpointslices -o json` wrote");
        Optional<String> port = port(fields);
        String scheme = fields.choice("scheme", SCHEMES, "http");
        fields.rejectUnknown();
        return from.isEmpty()
                ? List.of()
                : new SavedReplicas(
                                new SavedReplicas.Source(folder.resolve(from).normalize(), port, scheme),
                                fields,
                                problems)
                        .read();
    }

    /** Reads a port's name, or its number. */
    private static Optional<String> port(Fields fields) {
        Optional<DocumentNode> node = fields.node("port");
        boolean isNumber = node.filter(each -> each.toJson().isNumber()).isPresent();
        return isNumber
                ? Optional.of(Long.toString(fields.integer("port", 0, 1, SavedReplicas.MOST_PORTS)))
                : fields.text("port");
    }
}
