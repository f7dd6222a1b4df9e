package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One commit of a repository in the cache of huggingface_hub.
 *
 * @param home the folder of the repository in the cache
 */
record HubSnapshot(Path home, String commit) {

    Path folder() {
        return home.resolve("snapshots").resolve(commit);
    }

    /** Lists its files; blobs of other repositories may be shared, so links may lead anywhere in the cache. */
    FolderListing listing() {
        return FolderListing.of(
                folder(), Objects.requireNonNull(home.toAbsolutePath().getParent()));
    }

    /** Reads it, and holds what the cache says of each file against the bytes. */
    SourceFacts read(String role, FileSelection selection) {
        FolderListing listing = listing();
        FileFacts facts = ModelFolder.read(listing, role, selection);
        facts.note("commit", TextNode.valueOf(commit));
        SortedMap<String, TreeFile> tree = tree();
        listing.files()
                .forEach((path, file) -> Optional.ofNullable(facts.entries().get(path))
                        .ifPresent(entry ->
                                new HubClaims(path, file, entry).check(Optional.ofNullable(tree.get(path)), facts)));
        addMissing(listing, tree, selection, facts);
        addDenied(listing, tree, selection, facts);
        return facts.facts();
    }

    /** Weights are checked as sets: nobody fetches them in two formats. */
    private void addMissing(
            FolderListing listing, SortedMap<String, TreeFile> tree, FileSelection selection, FileFacts facts) {
        Set<String> seen = new TreeSet<>(listing.files().keySet());
        listing.problems().forEach(problem -> seen.add(problem.path()));
        tree.keySet().stream()
                .filter(path -> !seen.contains(path) && isLoaded(path, selection))
                .forEach(path -> facts.problem(
                        path,
                        folder().resolve(path),
                        "the commit has it, the snapshot does not; fetch all of the commit: hf download " + repo()
                                + " --revision " + commit));
    }

    private static boolean isLoaded(String path, FileSelection selection) {
        return selection
                .of(path)
                .filter(use -> !use.layers().isEmpty() && !use.isWhole(Layer.WEIGHTS))
                .isPresent();
    }

    /** Clients believe a noted absence more than the file. */
    private void addDenied(
            FolderListing listing, SortedMap<String, TreeFile> tree, FileSelection selection, FileFacts facts) {
        Path denied = home.resolve(".no_exist").resolve(commit);
        Map<String, Path> known = new TreeMap<>(listing.files());
        tree.keySet().forEach(path -> known.putIfAbsent(path, folder().resolve(path)));
        known.forEach((path, file) -> {
            if (Files.exists(denied.resolve(path)) && isLoaded(path, selection)) {
                facts.problem(
                        path,
                        file,
                        "the commit has it, but " + denied.resolve(path)
                                + " says that it has not, and clients go by that; delete this note");
            }
        });
    }

    /** Returns what the client wrote down of the commit's files; empty when it did not, or in a form that is not known. */
    private SortedMap<String, TreeFile> tree() {
        try {
            return HubTree.read(Files.readString(home.resolve("trees").resolve(commit + ".json")));
        } catch (IOException | IllegalArgumentException e) {
            return new TreeMap<>();
        }
    }

    private String repo() {
        String name = String.valueOf(home.getFileName());
        return name.substring(name.indexOf("--") + 2).replace("--", "/");
    }
}
