package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.LockstepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the adapters that steps merged. */
record MergedAdapters(boolean mustBeSound, Findings findings) {
    private static final String ADAPTER = "adapter";

    /**
     * Returns the last one of a stretch; empty when there is none, or it is not here.
     *
     * @param mustBeSound whether a damaged one is an error, and not only a gap
     */
    static Optional<LowRankAdapter> of(Stretch stretch, boolean mustBeSound, Findings findings) {
        MergedAdapters adapters = new MergedAdapters(mustBeSound, findings);
        List<LowRankAdapter> merged = stretch.steps().stream()
                .filter(step -> step.operation().mergesAdapter())
                .flatMap(step -> step.adapter().flatMap(path -> adapters.read(step, path)).stream())
                .toList();
        return merged.isEmpty() ? Optional.empty() : Optional.of(merged.getLast());
    }

    private Optional<LowRankAdapter> read(Step step, Path path) {
        if (!Files.isReadable(path)) {
            findings.gap(step.field(ADAPTER), path + " cannot be read here");
            return Optional.empty();
        }
        try {
            LowRankAdapter read = LowRankAdapter.read(path);
            findings.fact(step.field(ADAPTER), TextNode.valueOf(read.digest()));
            return Optional.of(read);
        } catch (LockstepException damaged) {
            if (mustBeSound) {
                throw damaged;
            }
            findings.gap(step.field(ADAPTER), damaged.getMessage());
            return Optional.empty();
        }
    }
}
