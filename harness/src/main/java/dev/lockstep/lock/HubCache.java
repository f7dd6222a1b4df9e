package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cache of huggingface_hub: {@code models--org--name/{blobs,refs,snapshots,trees,.no_exist}} for each repository.
 *
 * <p>A branch or tag is a file below {@code refs} that holds the commit; the files of a commit lie below {@code snapshots} as
 * links to {@code blobs}, which since huggingface_hub 2 may be links to a store that all repositories share.
 *
 * @param folder what {@code HF_HUB_CACHE} names
 */
record HubCache(Path folder) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String MODELS = "models--";
    private static final String SNAPSHOTS = "snapshots";

    /** Tells whether a path is that of a snapshot in a cache. */
    static boolean isSnapshot(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        return names > 3
                && COMMIT.matcher(absolute.getName(names - 1).toString()).matches()
                && absolute.getName(names - 2).toString().equals(SNAPSHOTS)
                && absolute.getName(names - 3).toString().startsWith(MODELS);
    }

    /** Opens a snapshot by its path. */
    static HubSnapshot snapshot(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return new HubSnapshot(absolute.resolveSibling("..").normalize(), String.valueOf(absolute.getFileName()));
    }

    /**
     * Finds a revision.
     *
     * @param revision branch, tag or commit
     * @throws LockstepException of kind CONFIG when the cache does not hold it
     */
    HubSnapshot snapshot(String repo, String revision) {
        Path home = home(repo);
        if (!Files.isDirectory(home)) {
            throw missing(home, "the cache has no " + repo + inHub(repo), repo, revision);
        }
        String commit = commit(home, repo, revision);
        HubSnapshot snapshot = new HubSnapshot(home, commit);
        if (!Files.isDirectory(snapshot.folder())) {
            throw missing(snapshot.folder(), "the cache has no files of this commit of " + repo, repo, revision);
        }
        return snapshot;
    }

    private Path home(String repo) {
        return folder.resolve(MODELS + repo.replace("/", "--"));
    }

    private String commit(Path home, String repo, String revision) {
        Path ref = home.resolve("refs").resolve(revision);
        if (Files.isRegularFile(ref)) {
            return commitIn(ref);
        }
        if (COMMIT.matcher(revision).matches()) {
            return revision;
        }
        throw missing(ref, "the cache has no revision '" + revision + "' of " + repo + known(home), repo, revision);
    }

    private static String commitIn(Path ref) {
        try {
            String commit = Files.readString(ref).strip();
            if (COMMIT.matcher(commit).matches()) {
                return commit;
            }
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    ref + ": holds '" + commit.lines().findFirst().orElse("")
                            + "', expected a commit (40 hex digits); fetch the revision again");
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, ref + ": cannot be read (" + e + ")", e);
        }
    }

    private static String known(Path home) {
        Path refs = home.resolve("refs");
        if (!Files.isDirectory(refs)) {
            return "";
        }
        try (Stream<Path> files = Files.walk(refs)) {
            String names = files.filter(Files::isRegularFile)
                    .map(file -> refs.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : " (it has " + names + ")";
        } catch (IOException e) {
            return "";
        }
    }

    private String inHub(String repo) {
        Path hub = folder.resolve("hub");
        return Files.isDirectory(new HubCache(hub).home(repo)) ? ", but " + hub + " has: name that as cache_dir" : "";
    }

    private static LockstepException missing(Path where, String what, String repo, String revision) {
        return new LockstepException(
                ErrorKind.CONFIG, where + ": " + what + "; fetch it: hf download " + repo + " --revision " + revision);
    }
}
