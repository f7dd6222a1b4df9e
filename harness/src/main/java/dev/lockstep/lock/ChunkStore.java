package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder {@code chunks} beside a lock: for each file of more than one chunk the digests of these, in a file named by their root.
 *
 * <p>The bytes of {@code <root>.chunks.json} are the canonical JSON of one {@link ChunkTree}, so {@code sha256sum} prints the
 * root. It stands in the lock: a list with another root proves nothing.
 */
public record ChunkStore(Path folder) {
    /** How the names of such files end. */
    static final String SUFFIX = ".chunks.json";

    private static final String NAME = "chunks";
    private static final String REMEDY = "; restore the file from version control, or lock again";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the store that lies beside one of tensors. */
    public static ChunkStore beside(TensorStore tensors) {
        return new ChunkStore(tensors.folder().resolveSibling(NAME));
    }

    /** Keeps a tree; one that is there already is not written anew. */
    public void keep(ChunkTree tree) {
        Path file = file(tree.root());
        if (!Files.exists(file)) {
            AtomicFile.write(file, CanonicalJson.compact(tree.toJson()));
        }
    }

    /**
     * Returns the tree with this root, in hex; empty when it is not kept here.
     *
     * @throws LockstepException of kind LOCK when the file holds another one, of kind CONFIG when it cannot be read
     */
    public Optional<ChunkTree> find(String root) {
        Path file = file(root);
        return Files.exists(file) ? Optional.of(read(file, root)) : Optional.empty();
    }

    private static ChunkTree read(Path file, String root) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String found = Sha256.of(bytes);
            if (!found.equals(root)) {
                throw new LockstepException(
                        ErrorKind.LOCK,
                        file + ": holds chunks with the root " + found + ", but the lock names " + root + REMEDY);
            }
            return ChunkTree.of(JSON.readTree(new String(bytes, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LockstepException(ErrorKind.LOCK, file + ": is no list of chunks" + REMEDY, e);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private Path file(String root) {
        return folder.resolve(root + SUFFIX);
    }
}
