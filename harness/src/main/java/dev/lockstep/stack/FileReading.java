package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.SourceFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What could be read of model files, and why not of the others. */
final class FileReading {
    private final ModelLayers layers;
    private final LayerFacts found = new LayerFacts();
    private final List<FileChecks.Doubt> doubts = new ArrayList<>();
    private final Map<ModelFile, SourceFacts> sources = new LinkedHashMap<>();

    FileReading(ModelLayers layers) {
        this.layers = layers;
    }

    /** Reads files; what is missing here is unverifiable, what is damaged is another file than the locked one. */
    FileReading read(List<ModelFile> files) {
        files.forEach(this::read);
        return this;
    }

    LayerFacts found() {
        return found;
    }

    List<FileChecks.Doubt> doubts() {
        return List.copyOf(doubts);
    }

    /** Returns what changes no answer. */
    SortedMap<String, JsonNode> notes() {
        SortedMap<String, JsonNode> notes = new TreeMap<>();
        sources.values().forEach(source -> notes.putAll(source.notes()));
        return notes;
    }

    /** Tells whether the file that a field speaks of was read. */
    boolean isOfRead(String field) {
        return sources.keySet().stream().anyMatch(file -> file.owns(field));
    }

    /** Says with a mismatch what is wrong with the file that it is about. */
    Check explained(Check check) {
        if (check.outcome() != Check.Outcome.MISMATCH) {
            return check;
        }
        return sources.entrySet().stream()
                .flatMap(source -> source.getValue().problems().stream()
                        .filter(problem -> problem.concerns(source.getKey().role(), check.field())))
                .findFirst()
                .map(problem -> check.noted(problem.file() + ": " + problem.message()))
                .orElse(check);
    }

    private void read(ModelFile file) {
        if (!file.source().isHere()) {
            doubts.add(new FileChecks.Doubt(file, file.source() + " cannot be read here", Check.Outcome.UNVERIFIABLE));
            return;
        }
        try {
            sources.put(file, layers.source(file));
            found.putAll(layers.read(file).byLayer());
        } catch (LockstepException damaged) {
            doubts.add(new FileChecks.Doubt(file, String.valueOf(damaged.getMessage()), Check.Outcome.MISMATCH));
        }
    }
}
