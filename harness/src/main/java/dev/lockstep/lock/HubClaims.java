package dev.lockstep.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a hub cache says of one file, held against its bytes: clients compare sizes only.
 *
 * <p>A blob is named after its SHA-256, or after git's id when it is not in LFS. Only the first link says so: a blob of the
 * shared store is named after a hash of another kind.
 */
record HubClaims(String path, Path file, FileEntry entry) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GIT_OID = Pattern.compile("[0-9a-f]{40}");

    /** Adds a problem when the bytes are not those that the name or the list of the commit's files says. */
    void check(Optional<TreeFile> listed, FileFacts facts) {
        Optional<TreeFile> claim = listed.or(this::blobName);
        claim.filter(each -> TreeFile.of(entry).compare(each) == TreeFile.Likeness.DIFFERENT)
                .ifPresent(each -> facts.problem(
                        path,
                        file,
                        "holds " + described(TreeFile.of(entry)) + ", but the cache has it down as " + described(each)
                                + "; the cache is damaged: delete the file and fetch it again"));
    }

    private Optional<TreeFile> blobName() {
        try {
            String name = Files.isSymbolicLink(file)
                    ? String.valueOf(Files.readSymbolicLink(file).getFileName())
                    : "";
            if (SHA256.matcher(name).matches()) {
                return Optional.of(new TreeFile(entry.size(), Optional.of(name), Optional.empty()));
            }
            return GIT_OID.matcher(name).matches()
                    ? Optional.of(new TreeFile(entry.size(), Optional.empty(), Optional.of(name)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String described(TreeFile file) {
        String digest = file.sha256()
                .map(sha256 -> "SHA-256 " + sha256.substring(0, 12) + "…")
                .or(() -> file.gitOid().map(oid -> "git id " + oid.substring(0, 12) + "…"))
                .orElse("no digest");
        return file.size() + " bytes of " + digest;
    }
}
