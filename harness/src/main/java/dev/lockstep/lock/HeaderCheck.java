package dev.lockstep.lock;

import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the safetensors files of a model folder can be loaded at all; only their headers are read. */
final class HeaderCheck {
    private static final String SAFETENSORS = ".safetensors";

    private HeaderCheck() {}

    /** Returns what is wrong with each file that is cut off or damaged, by its path. */
    static SortedMap<String, FileProblem> problems(FolderListing listing, FileSelection selection) {
        SortedMap<String, FileProblem> problems = new TreeMap<>();
        listing.files().forEach((path, file) -> {
            if (path.endsWith(SAFETENSORS) && isLoaded(path, selection)) {
                problem(file).ifPresent(message -> problems.put(path, new FileProblem(file, path, message)));
            }
        });
        return problems;
    }

    private static boolean isLoaded(String path, FileSelection selection) {
        return selection.of(path).filter(use -> !use.layers().isEmpty()).isPresent();
    }

    private static Optional<String> problem(Path file) {
        try {
            TensorFile.read(file);
            return Optional.empty();
        } catch (ProblemsException damaged) {
            return Optional.of(damaged.problems().stream().map(Problem::message).collect(Collectors.joining("; ")));
        }
    }
}
