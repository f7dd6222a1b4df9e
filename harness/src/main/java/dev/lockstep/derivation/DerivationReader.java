package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.LockId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the field {@code derivation} of a stack: what was done to its model, step by step. */
public final class DerivationReader {
    private static final String CHANGES = "changes";
    private static final String ADAPTER = "adapter";
    private static final Pattern TOOL = Pattern.compile(".*\\S\\s+\\S*\\d.*");
    private static final Pattern LOCK_ID = Pattern.compile("lk1-[0-9a-f]{64}");

    private final Path folder;
    private final Problems problems;

    private DerivationReader(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Reads the steps.
     *
     * @param folder where relative paths begin
     */
    public static Derivation read(List<DocumentNode> steps, Path folder, Problems problems) {
        DerivationReader reader = new DerivationReader(folder, problems);
        List<Step> read = new ArrayList<>();
        for (DocumentNode step : steps) {
            int number = read.size() + 1;
            read.add(reader.step(Fields.of(step, "derivation " + number, problems), number));
        }
        return new Derivation(read);
    }

    private Step step(Fields fields, int number) {
        fields.requiredText(
                "op", "write one of " + String.join(", ", Operation.byKey().keySet()));
        Operation operation = fields.choice("op", Operation.byKey(), Operation.CONVERT);
        Step step = new Step(
                fields.position(),
                number,
                operation,
                parent(fields, "base"),
                parent(fields, "with"),
                path(fields, ADAPTER),
                parameters(fields),
                fields.matching("tool", TOOL, "write name and version of the program that did it, such as peft 0.17.1"),
                patterns(fields));
        requireAll(step, fields);
        fields.rejectUnknown();
        return step;
    }

    private void requireAll(Step step, Fields fields) {
        if (step.number() == 1) {
            require(step.base().isPresent(), fields, "base", "name the lock of the model that it was done to");
        }
        boolean isTold = step.adapter().isPresent() || !step.changes().isEmpty();
        switch (step.operation().need()) {
            case NOTHING_MORE -> {}
            case ADAPTER -> require(step.adapter().isPresent(), fields, ADAPTER, "name its file or folder");
            case CHANGES -> require(!step.changes().isEmpty(), fields, CHANGES, "name the tensors that it may change");
            case ADAPTER_OR_CHANGES ->
                require(isTold, fields, ADAPTER, "name its file or folder, or the tensors in 'changes'");
            case OTHER -> requireMerge(step, fields);
        }
    }

    private void requireMerge(Step step, Fields fields) {
        require(step.other().isPresent(), fields, "with", "name the lock of the model that was merged with the base");
        String share = share(step.operation());
        double value = step.number(share, -1);
        if (value < 0 || value > 1) {
            fields.problem(
                    "parameters",
                    "'parameters' needs '" + share + "', the part of the model in 'with': a number from 0 to 1");
        }
    }

    /** Returns the parameter by which tools call the part of the second model. */
    static String share(Operation operation) {
        return operation == Operation.SLERP_MERGE ? "t" : "share";
    }

    private static void require(boolean isThere, Fields fields, String name, String remedy) {
        if (!isThere && !fields.has(name)) {
            fields.requiredText(name, remedy);
        }
    }

    private Optional<Parent> parent(Fields fields, String name) {
        Optional<DocumentNode> node = fields.node(name);
        if (node.isPresent() && node.get() instanceof DocumentNode.Mapping) {
            Fields parent = Fields.of(node.get(), "'" + name + "'", problems);
            String lock = parent.requiredText("lock", "name the file of its lock, or write its id lk1-…");
            Parent read = parent(lock, path(parent, "weights"), path(parent, "projector"));
            parent.rejectUnknown();
            return Optional.of(read);
        }
        return fields.text(name).map(lock -> parent(lock, Optional.empty(), Optional.empty()));
    }

    private Parent parent(String lock, Optional<Path> weights, Optional<Path> projector) {
        return LOCK_ID.matcher(lock).matches()
                ? new Parent(Optional.of(new LockId(lock)), Optional.empty(), weights, projector)
                : new Parent(Optional.empty(), Optional.of(absolute(lock)), weights, projector);
    }

    private static SortedMap<String, JsonNode> parameters(Fields fields) {
        SortedMap<String, JsonNode> parameters = new TreeMap<>();
        fields.mapping("parameters")
                .entries()
                .forEach((name, entry) -> parameters.put(name, entry.value().toJson()));
        JsonNode scale = parameters.get("scale");
        if (scale != null && !scale.isNumber()) {
            fields.problem(
                    "parameters", "'scale' is " + scale + "; write the number that the adapter is multiplied by");
        }
        return parameters;
    }

    private static List<NamePattern> patterns(Fields fields) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String text : fields.texts(CHANGES)) {
            NamePattern.of(text)
                    .ifPresentOrElse(
                            patterns::add,
                            () -> fields.problem(
                                    CHANGES,
                                    "'" + text + "' is no name of tensors; write such as"
                                            + " \"blk.*.attn_{q,v}.weight\""));
        }
        return patterns;
    }

    private Optional<Path> path(Fields fields, String name) {
        return fields.text(name).map(this::absolute);
    }

    private Path absolute(String path) {
        return folder.resolve(path).normalize();
    }
}
