package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One container in the specification of a pod. */
record PodContainer(Fields fields, Problems problems) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\(([A-Za-z_][\\w.-]*)\\))");
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/";

    String image() {
        return fields.text("image", "");
    }

    boolean hasCommand() {
        return !fields.texts("command").isEmpty();
    }

    List<String> looks() {
        return ContainerChoice.looks(image(), rawWords());
    }

    /** Returns the command line with the variables in it; without a command, it is what the image's entry point is given. */
    List<String> words() {
        Map<String, String> values = LaunchVariables.referable(variables().known());
        return rawWords().stream().map(word -> expand(word, values)).toList();
    }

    private List<String> rawWords() {
        List<String> words = new ArrayList<>(fields.texts("command"));
        words.addAll(fields.texts("args"));
        return words;
    }

    LaunchVariables variables() {
        TreeMap<String, String> known = new TreeMap<>();
        TreeMap<String, String> elsewhere = new TreeMap<>();
        for (DocumentNode node : fields.items("env")) {
            Fields variable = PresentFields.of(node, "a variable", problems);
            String name = variable.text("name", "");
            known.remove(name);
            elsewhere.remove(name);
            Optional<DocumentNode> from = variable.node("valueFrom");
            if (from.isPresent()) {
                elsewhere.put(name, place(from.get()));
            } else {
                known.put(name, expand(variable.text("value", ""), LaunchVariables.referable(known)));
            }
        }
        return new LaunchVariables(known, elsewhere, fields.items("envFrom").isEmpty());
    }

    void putPlacement(PodVolumes volumes, LayerFacts facts) {
        ArrayNode mounts = mounts(volumes);
        if (!mounts.isEmpty()) {
            facts.put(Layer.LAUNCH, "mounts", mounts);
        }
        Fields resources = PresentFields.of(fields.mapping("resources"), "the container's resources", problems);
        JsonNode limits = resources.mapping("limits").toJson();
        if (!limits.isEmpty()) {
            facts.put(Layer.LAUNCH, "resources", limits);
        }
    }

    private ArrayNode mounts(PodVolumes volumes) {
        TreeSet<String> mounts = new TreeSet<>();
        for (DocumentNode node : fields.items("volumeMounts")) {
            Fields mount = PresentFields.of(node, "a volume mount", problems);
            String path = mount.text("mountPath", "");
            String part = mount.text("subPath").map(sub -> "/" + sub).orElse("");
            String access = mount.flag("readOnly", false) ? ", read-only" : "";
            if (!path.startsWith(SERVICE_ACCOUNT)) {
                mounts.add(path + ": " + volumes.kind(mount.text("name", "")) + part + access);
            }
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        mounts.forEach(all::add);
        return all;
    }

    /** Says where a value stands: {@code configMapKeyRef engine dtype}. */
    private static String place(DocumentNode from) {
        StringBuilder place = new StringBuilder();
        from.toJson().properties().forEach(kind -> {
            place.append(kind.getKey());
            kind.getValue().forEach(word -> place.append(' ').append(word.asText()));
        });
        return place.toString();
    }

    private static String expand(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            String value = name == null ? "$" : values.getOrDefault(name, match.group());
            return Matcher.quoteReplacement(value);
        });
    }
}
