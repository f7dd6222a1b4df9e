package dev.lockstep.lock;

import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A GGUF file made of two others, to run a stack in which single layers are exchanged.
 *
 * <p>Bytes are copied, none is read as a number: what a layer holds is what it held before. Tensors go with their types and
 * their alignment, so weights and quantization are exchanged together or not at all.
 */
public final class GgufSplice {
    private static final int HEADER_BYTES = 24;

    private final GgufParts base;
    private final GgufParts other;
    private final Set<Layer> layers;
    private final GgufRole role;

    private GgufSplice(GgufParts base, GgufParts other, Set<Layer> layers, GgufRole role) {
        this.base = base;
        this.other = other;
        this.layers = Set.copyOf(layers);
        this.role = role;
    }

    /** A part of a file that is copied as it is. */
    private record Piece(Path file, Extent extent) {}

    /**
     * Writes such a file, whole or not at all.
     *
     * @param base gives every layer that is not named
     * @param other gives {@code layers}
     * @param role {@code model} or {@code projector}, which decides the layer of each key
     * @throws dev.lockstep.document.LockstepException of kind CONFIG when one of them is no whole GGUF file
     */
    public static void write(Path base, Path other, Set<Layer> layers, String role, Path target) {
        if (layers.contains(Layer.WEIGHTS) != layers.contains(Layer.QUANTIZATION)) {
            throw new IllegalArgumentException("weights and quantization are exchanged together, not as in " + layers);
        }
        Path draft = target.resolveSibling(target.getFileName() + ".draft");
        try {
            Files.createDirectories(target.resolveSibling(""));
            new GgufSplice(parts(base), parts(other), layers, GgufRole.of(role)).write(draft);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": cannot be written", e);
        }
    }

    private static GgufParts parts(Path file) {
        try {
            return GgufParts.read(file);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private void write(Path file) throws IOException {
        GgufParts data = layers.contains(Layer.WEIGHTS) ? other : base;
        List<Piece> metadata = metadata();
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(header(data, metadata.size()), out);
            for (Piece piece : metadata) {
                copy(piece, out);
            }
            copy(new Piece(data.file(), data.infos()), out);
            write(ByteBuffer.allocate((int) (-out.position() & (data.alignment() - 1))), out);
            copy(new Piece(data.file(), data.data()), out);
        }
    }

    private List<Piece> metadata() {
        List<Piece> pieces = new ArrayList<>();
        for (GgufParts.Entry entry : base.entries()) {
            if (!layers.contains(entry.layer(role))) {
                pieces.add(new Piece(base.file(), entry.extent()));
            }
        }
        for (GgufParts.Entry entry : other.entries()) {
            if (layers.contains(entry.layer(role))) {
                pieces.add(new Piece(other.file(), entry.extent()));
            }
        }
        return pieces;
    }

    private static ByteBuffer header(GgufParts data, int entries) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) data.version())
                .putLong(data.tensors())
                .putLong(entries)
                .flip();
    }

    private static void copy(Piece piece, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(piece.file())) {
            long copied = 0;
            while (copied < piece.extent().length()) {
                long more = in.transferTo(
                        piece.extent().offset() + copied, piece.extent().length() - copied, out);
                if (more <= 0) {
                    throw new IOException(piece.file() + " became shorter while it was read");
                }
                copied += more;
            }
        }
    }

    private static void write(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
