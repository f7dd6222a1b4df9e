package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads evidence from JSON; what is wrong in it is reported all at once. */
final class EvidenceReader {
    private static final String TIME = "write it as 2026-11-22T22:00:00Z";
    private static final String NAME = "write how this evidence came about";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Map<String, String> TIERS =
            new TreeMap<>(Map.of("full", "full", "cached", "cached", "sampled", "sampled"));

    private final Problems problems;

    EvidenceReader(Problems problems) {
        this.problems = problems;
    }

    Evidence read(DocumentNode node) {
        Fields fields = Fields.of(node, "the evidence", problems);
        String type = fields.requiredText("type", "write " + EvidenceJson.TYPE);
        if (!type.isEmpty() && !type.equals(EvidenceJson.TYPE)) {
            fields.problem("type", "'type' is '" + type + "'; this version reads " + EvidenceJson.TYPE);
        }
        Evidence evidence = new Evidence(
                time(fields, "at"),
                fields.requiredText("by", NAME),
                fields.requiredText("lock", "write the id of the lock, lk1-…"),
                fields.text("model", ""),
                fields.choice("tier", TIERS, "full"),
                texts(fields, "coverage"),
                fields.has("process") ? Optional.of(process(fields.mapping("process"))) : Optional.empty(),
                container(Fields.of(fields.mapping("container"), "the evidence's container", problems)),
                new ResultsReader(problems).read(fields.mapping("results")),
                files(fields));
        fields.rejectUnknown();
        return evidence;
    }

    private Evidence.Served process(DocumentNode.Mapping node) {
        Fields process = Fields.of(node, "the evidence's process", problems);
        SortedMap<String, JsonNode> launch = new TreeMap<>();
        process.mapping("launch")
                .entries()
                .forEach((name, entry) -> launch.put(name, entry.value().toJson()));
        Evidence.Served served = new Evidence.Served(
                process.integer("pid", 0, 1, Long.MAX_VALUE),
                process.integer("ticks", 0, 0, Long.MAX_VALUE),
                time(process, "started"),
                process.text("boot", ""),
                process.text("shown"),
                process.text("named"),
                launch);
        process.rejectUnknown();
        return served;
    }

    private static Container container(Fields fields) {
        Container container = new Container(fields.text("pod"), fields.text("started"), fields.text("image"));
        fields.rejectUnknown();
        return container;
    }

    private List<Evidence.FileClaim> files(Fields fields) {
        List<Evidence.FileClaim> files = new ArrayList<>();
        for (DocumentNode node : fields.items("files")) {
            Fields file = Fields.of(node, "a file of the evidence", problems);
            files.add(new Evidence.FileClaim(
                    file.requiredText("role", "write model or projector"),
                    file.requiredText("path", "write its path in the model's folder"),
                    file.matching("sha256", HEX, "write 64 hex digits"),
                    file.integer("changed", Long.MAX_VALUE, 0, Long.MAX_VALUE)));
            file.rejectUnknown();
        }
        return files;
    }

    private SortedMap<String, String> texts(Fields fields, String name) {
        Fields texts = Fields.of(fields.mapping(name), name, problems);
        SortedMap<String, String> read = new TreeMap<>();
        texts.entries().keySet().forEach(key -> texts.text(key).ifPresent(value -> read.put(key, value)));
        return read;
    }

    private static Instant time(Fields fields, String name) {
        String text = fields.requiredText(name, TIME);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            if (!text.isEmpty()) {
                fields.problem(name, "'" + name + "' is '" + text + "'; " + TIME);
            }
            return Instant.EPOCH;
        }
    }
}
