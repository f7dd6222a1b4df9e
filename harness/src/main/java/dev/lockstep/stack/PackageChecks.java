package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.PythonPackages;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Compares the Python packages that stack.yaml names with the engine layer. */
record PackageChecks(Lock lock, Policies policies) {

    List<Check> onDisk(StackConfig.Files files) {
        return files.packages().map(this::compare).orElse(List.of());
    }

    private List<Check> compare(StackConfig.Packages packages) {
        if (!Files.isReadable(packages.folder())) {
            return compare(
                    new TreeMap<>(),
                    check -> check.as(Check.Outcome.UNVERIFIABLE, "", packages.folder() + " cannot be read here"));
        }
        try {
            return compare(PythonPackages.identities(packages.folder(), packages.names()), UnaryOperator.identity());
        } catch (LockstepException damaged) {
            return compare(
                    new TreeMap<>(),
                    check -> check.as(Check.Outcome.MISMATCH, "", String.valueOf(damaged.getMessage())));
        }
    }

    private List<Check> compare(SortedMap<String, JsonNode> found, UnaryOperator<Check> judged) {
        return Comparison.of(lock, "pinned", Map.of(Layer.ENGINE, found), Check.Step.DISK, policies).stream()
                .filter(check -> PythonPackages.owns(check.field()))
                .map(judged)
                .toList();
    }
}
