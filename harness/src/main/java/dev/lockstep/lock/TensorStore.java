package dev.lockstep.lock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder {@code tensors} beside a lock: a {@link TensorSidecar} for each model, named by its root.
 *
 * <p>So locks of a stack share it, the ones that were approved before included.
 */
public record TensorStore(Path folder) {
    private static final String NAME = "tensors";
    private static final String APPROVED = "locks";

    /** Returns the store in the folder of a stack. */
    public static TensorStore in(Path stackFolder) {
        return new TensorStore(stackFolder.resolve(NAME));
    }

    /** Returns the store of a lock file, the one in force or an approved one in the folder {@code locks}. */
    public static TensorStore of(Path lockFile) {
        Path folder = lockFile.toAbsolutePath().normalize().resolveSibling("");
        return in(folder.endsWith(APPROVED) ? folder.resolveSibling("") : folder);
    }

    /** Keeps them; those that are there already are not written anew. */
    public void keep(TensorDigests tensors) {
        Path sidecar = file(tensors.root());
        if (!Files.exists(sidecar)) {
            TensorSidecar.write(sidecar, tensors);
        }
    }

    /**
     * Returns the tensors with this root; empty when they are not kept here.
     *
     * @param root in hex, with or without {@code sha256:} before it
     * @throws dev.lockstep.document.LockstepException when the file is damaged or holds others
     */
    public Optional<TensorDigests> find(String root) {
        String hex = root.substring(root.indexOf(':') + 1);
        Path sidecar = file(hex);
        return Files.exists(sidecar) ? Optional.of(TensorSidecar.read(sidecar, hex)) : Optional.empty();
    }

    private Path file(String hex) {
        return folder.resolve(hex + TensorSidecar.SUFFIX);
    }
}
