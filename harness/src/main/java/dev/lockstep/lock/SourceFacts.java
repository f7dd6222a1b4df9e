package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a source holds: proof by layer, and what stands beside it.
 *
 * @param proof the fields of each layer
 * @param notes what changes no answer, such as a README or the name of a commit, by field
 * @param problems what is wrong with single files; a source with any can be compared, but not locked
 * @param tensors those of its weights, as far as their files can be read as tensors
 * @param chunks those of each file that has several
 */
public record SourceFacts(
        Map<Layer, SortedMap<String, JsonNode>> proof,
        SortedMap<String, JsonNode> notes,
        List<FileProblem> problems,
        TensorDigests tensors,
        List<ChunkTree> chunks) {

    public SourceFacts {
        EnumMap<Layer, SortedMap<String, JsonNode>> copy = new EnumMap<>(Layer.class);
        proof.forEach((layer, fields) -> copy.put(layer, Collections.unmodifiableSortedMap(new TreeMap<>(fields))));
        proof = Collections.unmodifiableMap(copy);
        notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
        problems = List.copyOf(problems);
        chunks = List.copyOf(chunks);
    }

    static SourceFacts of(
            Map<Layer, SortedMap<String, JsonNode>> proof, TensorDigests tensors, List<ChunkTree> chunks) {
        return new SourceFacts(proof, new TreeMap<>(), List.of(), tensors, chunks);
    }

    SourceFacts with(FileProblem problem) {
        return new SourceFacts(proof, notes, List.of(problem), tensors, chunks);
    }
}
