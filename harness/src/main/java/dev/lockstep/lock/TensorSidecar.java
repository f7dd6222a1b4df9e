package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.document.UnreadableFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * The file {@code <lock or model>.tensors.json.gz}: the digests of all tensors, whose root stands in the lock.
 *
 * <p>Unpacked it is exactly the canonical JSON of {@link TensorDigests}, so {@code gunzip -c FILE | sha256sum} prints the root.
 */
public final class TensorSidecar {
    /** How the names of such files end. */
    public static final String SUFFIX = ".tensors.json.gz";

    private static final String REMEDY = "; restore the file from version control, or lock again";

    private TensorSidecar() {}

    public static void write(Path sidecar, TensorDigests tensors) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(new GZIPOutputStream(packed), false, StandardCharsets.UTF_8)) {
            tensors.writeTo(out::print);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes all that is written", e);
        }
        AtomicFile.write(sidecar, packed.toByteArray());
    }

    /**
     * Reads the sidecar of a lock.
     *
     * @param root what stands in the lock, in hex
     * @throws LockstepException of kind CONFIG when it cannot be read, of kind LOCK when it is not the lock's
     */
    public static TensorDigests read(Path sidecar, String root) {
        try (DigestInputStream json = unpacked(sidecar)) {
            TensorDigests tensors = parse(json);
            json.transferTo(OutputStream.nullOutputStream());
            requireRoot(sidecar, Sha256.hex(json.getMessageDigest()), root);
            return tensors;
        } catch (JsonProcessingException | ZipException e) {
            throw new LockstepException(ErrorKind.CONFIG, sidecar + ": is no list of tensors" + REMEDY, e);
        } catch (IOException e) {
            throw UnreadableFile.because(sidecar, e);
        }
    }

    private static void requireRoot(Path sidecar, String found, String root) {
        if (!found.equals(root)) {
            throw new LockstepException(
                    ErrorKind.LOCK, sidecar + ": holds the tensors " + found + ", but the lock names " + root + REMEDY);
        }
    }

    private static TensorDigests parse(InputStream json) throws IOException {
        SortedMap<String, TensorDigest> tensors = new TreeMap<>();
        JsonEntries.of(json, (name, value) -> {
            JsonNode tensor = JsonEntries.small(value);
            List<Long> shape = new ArrayList<>();
            tensor.path("shape").forEach(length -> shape.add(length.longValue()));
            tensors.put(
                    name,
                    new TensorDigest(
                            tensor.path("type").asText(),
                            shape,
                            tensor.path("sha256").asText()));
        });
        return new TensorDigests(tensors);
    }

    private static DigestInputStream unpacked(Path sidecar) throws IOException {
        UnreadableFile.requireFile(sidecar);
        InputStream packed = new BufferedInputStream(Files.newInputStream(sidecar));
        try {
            return new DigestInputStream(new GZIPInputStream(packed), Sha256.begin());
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }
}
