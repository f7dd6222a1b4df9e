package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.Check;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes evidence as JSON; {@link EvidenceReader} reads it. */
final class EvidenceJson {
    static final String TYPE = "lockstep-evidence/1";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EvidenceJson() {}

    static ObjectNode write(Evidence evidence) {
        ObjectNode node = NODES.objectNode();
        node.put("type", TYPE)
                .put("at", evidence.at().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("by", evidence.by())
                .put("lock", evidence.lockId())
                .put("model", evidence.model())
                .put("tier", evidence.tier());
        if (!evidence.coverage().isEmpty()) {
            ObjectNode coverage = node.putObject("coverage");
            evidence.coverage().forEach(coverage::put);
        }
        evidence.process().ifPresent(process -> node.set("process", process(process)));
        ObjectNode container = container(evidence.container());
        if (!container.isEmpty()) {
            node.set("container", container);
        }
        addResults(evidence, node.putObject("results"));
        ArrayNode files = node.putArray("files");
        evidence.files()
                .forEach(file -> files.addObject()
                        .put("role", file.role())
                        .put("path", file.path())
                        .put("sha256", file.sha256())
                        .put("changed", file.changed()));
        return node;
    }

    private static ObjectNode process(Evidence.Served process) {
        ObjectNode node = NODES.objectNode();
        node.put("pid", process.pid())
                .put("ticks", process.ticks())
                .put("started", process.started().toString())
                .put("boot", process.boot());
        process.shown().ifPresent(shown -> node.put("shown", shown));
        process.named().ifPresent(named -> node.put("named", named));
        ObjectNode launch = node.putObject("launch");
        process.launch().forEach(launch::set);
        return node;
    }

    private static ObjectNode container(Container container) {
        ObjectNode node = NODES.objectNode();
        container.pod().ifPresent(pod -> node.put("pod", pod));
        container.started().ifPresent(started -> node.put("started", started));
        container.image().ifPresent(image -> node.put("image", image));
        return node;
    }

    /** What matches is one word, for that is nearly all. */
    private static void addResults(Evidence evidence, ObjectNode results) {
        for (Evidence.Result result : evidence.results()) {
            ObjectNode fields = results.withObjectProperty(result.step().name().toLowerCase(Locale.ROOT))
                    .withObjectProperty(result.layer().key());
            if (result.outcome() == Check.Outcome.MATCH) {
                fields.put(result.field(), result.outcome().name());
            } else {
                fields.putObject(result.field())
                        .put("outcome", result.outcome().name())
                        .put("found", result.found())
                        .put("note", result.note());
            }
        }
    }
}
