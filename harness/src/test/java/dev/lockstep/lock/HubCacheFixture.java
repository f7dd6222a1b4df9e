package dev.lockstep.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A cache as huggingface_hub 2 lays it out, filled from folders: blobs named after SHA-256 (weights) or git's id, snapshots of
 * relative links, refs, and the list of a commit's files.
 */
public final class HubCacheFixture {
    public static final String REPO = "tiny/vl";

    private final Path cache;

    public HubCacheFixture(Path cache) throws IOException {
        this.cache = Files.createDirectories(cache);
    }

    /** Returns a commit's name made of one digit. */
    public static String commit(char digit) {
        return String.valueOf(digit).repeat(40);
    }

    public Path cache() {
        return cache;
    }

    public Path home() {
        return cache.resolve("models--tiny--vl");
    }

    public Path snapshot(String commit) {
        return home().resolve("snapshots").resolve(commit);
    }

    /** Adds a commit with all files of a folder. */
    public HubCacheFixture with(String commit, Path folder) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>(FolderListing.of(folder).files());
        StringJoiner rows = new StringJoiner(",", "{\"format_version\":1,\"files\":{", "}}");
        for (var file : files.entrySet()) {
            FileEntry entry = FileEntry.of(file.getValue());
            boolean isLfs = file.getKey().endsWith(".safetensors");
            link(commit, file.getKey(), blob(entry, isLfs, file.getValue()));
            rows.add("\"" + file.getKey() + "\":" + row(entry, isLfs));
        }
        Files.createDirectories(home().resolve("trees"));
        Files.writeString(home().resolve("trees").resolve(commit + ".json"), rows.toString());
        return this;
    }

    public HubCacheFixture ref(String name, String commit) throws IOException {
        Path ref = home().resolve("refs").resolve(name);
        Files.createDirectories(ref.resolveSibling(""));
        Files.writeString(ref, commit);
        return this;
    }

    /** Writes down that a commit has no such file. */
    public void deny(String commit, String path) throws IOException {
        Path denied = home().resolve(".no_exist").resolve(commit).resolve(path);
        Files.createDirectories(denied.resolveSibling(""));
        Files.createFile(denied);
    }

    /** Moves a file's blob into the store that all repositories share, under the name of another hash. */
    public void share(String commit, String path) throws IOException {
        Path link = snapshot(commit).resolve(path);
        Path blob = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        String xet = "ab" + "0".repeat(62);
        Path shared = Files.createDirectories(cache.resolve("blobs/ab")).resolve(xet);
        Files.writeString(cache.resolve("blobs/.huggingface-shared-blobs"), "1\n");
        Files.move(blob, shared);
        Files.createSymbolicLink(blob, Path.of("../../blobs/ab").resolve(xet));
    }

    private Path blob(FileEntry entry, boolean isLfs, Path file) throws IOException {
        Path blob = Files.createDirectories(home().resolve("blobs"))
                .resolve(isLfs ? entry.sha256() : entry.gitOid().orElseThrow());
        if (!Files.exists(blob)) {
            Files.copy(file, blob);
        }
        return blob;
    }

    private void link(String commit, String path, Path blob) throws IOException {
        Path link = snapshot(commit).resolve(path);
        Files.createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, link.resolveSibling("").relativize(blob));
    }

    private static String row(FileEntry entry, boolean isLfs) {
        String size = "{\"size\":" + entry.size();
        if (!isLfs) {
            return size + ",\"blob_id\":\"" + entry.gitOid().orElseThrow() + "\"}";
        }
        return size + ",\"blob_id\":\"" + GitOid.ofPointer(entry.sha256(), entry.size()) + "\",\"lfs_sha256\":\""
                + entry.sha256() + "\",\"lfs_size\":" + entry.size() + "}";
    }
}
