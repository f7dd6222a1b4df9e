package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the servers behind an endpoint from a saved EndpointSlice or pod, or a list of either. */
final class SavedReplicas {
    static final int MOST_PORTS = 65_535;
    private static final String REMEDY =
            "; save what `kubectl get endpointslices -l kubernetes.io/service-name=NAME -o json`"
                    + " or `kubectl get pods -l app=NAME -o json` writes";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    private final Source source;
    private final Fields fields;
    private final Problems problems;

    /**
     * Names what is read.
     *
     * @param fields where the file is named
     */
    SavedReplicas(Source source, Fields fields, Problems problems) {
        this.source = source;
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * What the operator says of a saved file.
     *
     * @param port name or number of the port that is meant, where there are several or none
     */
    record Source(Path file, Optional<String> port, String scheme) {}

    /** Returns the servers in the order of their names. */
    List<Replica> read() {
        Problems inside = new Problems();
        List<SavedReplica> saved = DocumentReader.read(source.file(), inside)
                .map(node -> objects(node, inside))
                .orElse(List.of());
        inside.list()
                .forEach(problem -> problems.add(problem.position(), SavedLaunchFile.withoutValue(problem.message())));
        if (saved.isEmpty() && inside.isEmpty()) {
            problem(Position.of(source.file()), "names no server" + REMEDY);
        }
        return inside.isEmpty() ? replicas(saved) : List.of();
    }

    private static List<SavedReplica> objects(DocumentNode node, Problems inside) {
        Fields object = PresentFields.of(node, "the saved object", inside);
        String kind = object.text("kind", "");
        List<DocumentNode> items = kind.endsWith("List") ? object.items("items") : List.of(node);
        List<SavedReplica> all = new ArrayList<>();
        for (DocumentNode item : items) {
            String own = PresentFields.of(item, "an item of the list", inside).text("kind", kind.replace("List", ""));
            switch (own) {
                case "EndpointSlice" -> all.addAll(new EndpointSliceJson(inside).read(item));
                case "Pod" -> new PodAddress(inside).read(item).ifPresent(all::add);
                default ->
                    inside.add(
                            item.position(), "holds " + (own.isEmpty() ? "no Kubernetes object" : "a " + own) + REMEDY);
            }
        }
        return all;
    }

    /** Slices may name an endpoint more than once, and a pod with addresses of two types once in each. */
    private List<Replica> replicas(List<SavedReplica> saved) {
        Map<String, Replica> byName = new TreeMap<>();
        for (SavedReplica each : saved) {
            if (!each.state().isEmpty()) {
                problem(each.position(), each.called() + " " + each.state() + "; wait, and save it again");
            }
            port(each).flatMap(port -> replica(each, port)).ifPresent(replica -> add(each, replica, byName));
        }
        Map<URI, List<Replica>> byUrl = byName.values().stream().collect(Collectors.groupingBy(Replica::url));
        byUrl.values().stream().filter(same -> same.size() > 1).forEach(this::rejectSameAddress);
        return List.copyOf(byName.values());
    }

    private void add(SavedReplica saved, Replica replica, Map<String, Replica> byName) {
        Replica known = byName.get(replica.name());
        if (known == null || isOlderAddress(replica, known)) {
            byName.put(replica.name(), replica);
            return;
        }
        if (!known.url().equals(replica.url()) && !isOlderAddress(known, replica)) {
            problem(
                    saved.position(),
                    "pod '" + replica.name() + "' stands here twice, as " + known.url() + " and as " + replica.url()
                            + "; save it again");
        }
    }

    /** Of a pod with both types of addresses, that of version 4 is taken. */
    private static boolean isOlderAddress(Replica replica, Replica than) {
        return than.url().getHost().startsWith("[") && !replica.url().getHost().startsWith("[");
    }

    private void rejectSameAddress(List<Replica> same) {
        problem(
                Position.of(source.file()),
                same.getFirst().url() + " is the address of "
                        + same.stream().map(Replica::name).collect(Collectors.joining(" and of ")) + "; save it again");
    }

    private Optional<Replica> replica(SavedReplica saved, int port) {
        String host = saved.address().contains(":") ? "[" + saved.address() + "]" : saved.address();
        Optional<URI> url = EndpointFields.root(source.scheme() + "://" + host + ":" + port);
        if (url.isEmpty()) {
            problem(saved.position(), saved.called() + ": '" + saved.address() + "' is no address; save it again");
        }
        return url.map(Replica::at)
                .map(at -> saved.pod().isEmpty() ? at : new Replica(saved.pod(), at.url(), saved.start()));
    }

    private Optional<Integer> port(SavedReplica saved) {
        Optional<String> wanted = source.port();
        List<SavedReplica.Port> offered = saved.ports().stream()
                .filter(port -> wanted.isEmpty() || port.isCalled(wanted.get()))
                .toList();
        if (offered.size() == 1) {
            return Optional.of(offered.getFirst().number());
        }
        Optional<Integer> number = wanted.filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::valueOf)
                .filter(given -> given > 0 && given <= MOST_PORTS);
        if (number.isEmpty()) {
            fields.problem(
                    "port", source.file() + " offers " + ports(saved) + "; name the one that is meant with 'port'");
        }
        return number;
    }

    private static String ports(SavedReplica saved) {
        return saved.ports().isEmpty()
                ? "no port"
                : "the ports "
                        + saved.ports().stream()
                                .map(SavedReplica.Port::toString)
                                .collect(Collectors.joining(", "));
    }

    private void problem(Position position, String message) {
        problems.add(position, message);
    }
}
