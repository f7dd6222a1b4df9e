package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what {@code docker inspect} or {@code podman inspect} says of containers. */
record DockerInspect(LaunchSource source) {
    private static final Pattern ANONYMOUS = Pattern.compile("\\p{XDigit}{64}");
    private static final List<String> RESOURCES = List.of("CpusetCpus", "Memory", "NanoCpus", "ShmSize");

    static boolean isOne(DocumentNode node) {
        return node instanceof DocumentNode.Mapping mapping
                && mapping.entries().containsKey("Config")
                && mapping.entries().containsKey("Image");
    }

    Optional<LaunchDescription> read(List<DocumentNode> nodes) {
        Map<String, Fields> containers = new TreeMap<>();
        Map<String, List<String>> words = new TreeMap<>();
        for (DocumentNode node : nodes) {
            Fields container = PresentFields.of(node, "a container", source.problems());
            String name = container.text("Name", "").replaceFirst("^/", "");
            containers.put(name, container);
            words.put(name, imageAndCommand(container));
        }
        return new ContainerChoice(source).of(words).map(containers::get).map(this::describe);
    }

    private LaunchDescription describe(Fields container) {
        Fields config = config(container);
        LayerFacts facts = new LayerFacts();
        UnknownFields unknown = new UnknownFields();
        String image = container.text("Image", "");
        ImageName.put(
                config.text("Image", ""),
                container.text("ImageDigest").map(digest -> "@" + digest).orElse(image),
                facts,
                unknown);
        put(facts, "mounts", mounts(container));
        put(facts, "resources", resources(container));
        LaunchVariables variables = LaunchVariables.of(ProcText.pairs(config.texts("Env")));
        return new LaunchDescription(command(container), variables, facts, unknown);
    }

    private static void put(LayerFacts facts, String field, JsonNode value) {
        if (!value.isEmpty()) {
            facts.put(Layer.LAUNCH, field, value);
        }
    }

    private List<String> imageAndCommand(Fields container) {
        return ContainerChoice.looks(config(container).text("Image", ""), command(container));
    }

    private Fields config(Fields container) {
        return PresentFields.of(container.mapping("Config"), "the container's Config", source.problems());
    }

    /** What was started is told in one place; podman leaves it to the configuration. */
    private List<String> command(Fields container) {
        List<String> words = new ArrayList<>();
        container.text("Path").filter(path -> !path.isEmpty()).ifPresent(words::add);
        words.addAll(container.texts("Args"));
        if (words.isEmpty()) {
            Fields config = config(container);
            words.addAll(config.texts("Entrypoint"));
            words.addAll(config.texts("Cmd"));
        }
        return words;
    }

    private ArrayNode mounts(Fields container) {
        TreeSet<String> mounts = new TreeSet<>();
        for (DocumentNode node : container.items("Mounts")) {
            Fields mount = PresentFields.of(node, "a mount", source.problems());
            String name = mount.text("Name", "");
            String named = name.isEmpty() || ANONYMOUS.matcher(name).matches() ? "" : " " + name;
            String access = mount.flag("RW", true) ? "" : ", read-only";
            mounts.add(mount.text("Destination", "") + ": " + mount.text("Type", "bind") + named + access);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        mounts.forEach(all::add);
        return all;
    }

    private ObjectNode resources(Fields container) {
        Fields host =
                PresentFields.of(container.mapping("HostConfig"), "the container's HostConfig", source.problems());
        ObjectNode resources = JsonNodeFactory.instance.objectNode();
        for (String name : RESOURCES) {
            host.node(name)
                    .map(DocumentNode::toJson)
                    .filter(value -> value.asLong() != 0
                            || (value.isTextual() && !value.textValue().isEmpty()))
                    .ifPresent(value -> resources.set(name, value));
        }
        return resources;
    }
}
