package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    SourceFacts read(String role, FileSelection selection, Hashing hashing) {
        FolderListing listing = listing();
        SortedMap<String, TreeFile> tree = tree();
        SortedMap<String, Path> denied = denied(listing, tree, selection);
        FileFacts facts = ModelFolder.read(listing.without(denied.keySet()), role, selection, hashing);
        facts.note("commit", TextNode.valueOf(commit));
        listing.files()
                .forEach((path, file) -> Optional.ofNullable(facts.entries().get(path))
                        .ifPresent(entry ->
                                new HubClaims(path, file, entry).check(Optional.ofNullable(tree.get(path)), facts)));
        addMissing(listing, tree, selection, facts);
        addDenied(denied, facts);
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

    /** Returns the files that clients do not see: they believe a noted absence more than the file. */
    private SortedMap<String, Path> denied(
            FolderListing listing, SortedMap<String, TreeFile> tree, FileSelection selection) {
        SortedMap<String, Path> known = new TreeMap<>(listing.files());
        tree.keySet().forEach(path -> known.putIfAbsent(path, folder().resolve(path)));
        known.keySet().removeIf(path -> !Files.exists(note(path)) || !isLoaded(path, selection));
        return known;
    }

    private void addDenied(SortedMap<String, Path> denied, FileFacts facts) {
        denied.forEach((path, file) -> facts.problem(
                path,
                file,
                "the commit has it, but " + note(path)
                        + " says that it has not, and clients go by that; delete this note"));
    }

    private Path note(String path) {
        return home.resolve(".no_exist").resolve(commit).resolve(path);
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
