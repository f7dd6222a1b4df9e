package dev.lockstep.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder in the layout of Hugging Face: weights, configuration, tokenizer, templates and code, each file a part. */
final class ModelFolder {

    private ModelFolder() {}

    /**
     * Reads all files that engines load from it, whether anybody named them or not.
     *
     * @param role the prefix of the field names; all of an {@code adapter} is one layer
     */
    static FileFacts read(FolderListing listing, String role, FileSelection selection, Hashing hashing) {
        SortedMap<String, FileProblem> damaged = HeaderCheck.problems(listing, selection);
        SortedMap<String, Path> readable = new TreeMap<>(listing.files());
        readable.keySet().removeAll(damaged.keySet());
        FileFacts facts = new FileFacts(role).hash(whole(readable, selection), hashing);
        readable.forEach((path, file) -> selection.of(path).ifPresent(use -> facts.add(path, file, use)));
        damaged.keySet().forEach(path -> selection.of(path).ifPresent(use -> facts.addUnread(path, use)));
        listing.strays().forEach((path, like) -> selection.of(like).ifPresent(use -> facts.addUnread(path, use)));
        facts.problems(listing.problems()).problems(List.copyOf(damaged.values()));
        if (selection == FileSelection.TOKENIZER) {
            return facts;
        }
        if (listing.files().keySet().stream().noneMatch(ModelFolder::isWeights)) {
            Path folder = listing.folder();
            facts.problem("", folder, "holds no weights (such as *.safetensors); name the folder of a model");
        }
        return facts.problems(ShardCheck.problems(listing));
    }

    private static List<Path> whole(SortedMap<String, Path> files, FileSelection selection) {
        return files.entrySet().stream()
                .filter(file -> selection
                        .of(file.getKey())
                        .filter(use -> !(use instanceof FileUse.Keys))
                        .isPresent())
                .map(Map.Entry::getValue)
                .toList();
    }

    static boolean isWeights(String path) {
        FileUse use = FileUse.of(path);
        return !path.endsWith(".json") && (use.isWhole(Layer.WEIGHTS) || use.isWhole(Layer.ADAPTERS));
    }
}
