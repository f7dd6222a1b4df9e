package dev.lockstep.lock;

import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** What stands before the data in a file of tensors: it is read even where the data need not be. */
final class HeaderDigest {

    private HeaderDigest() {}

    /** Returns the digest of a file that was just read in full, with that of its header; the same where it has none. */
    static FileDigest with(FileDigest digest, Path file) {
        return digest.header().isPresent()
                ? digest
                : tensors(file)
                        .flatMap(HeaderDigest::header)
                        .map(digest::withHeader)
                        .orElse(digest);
    }

    private static Optional<TensorFile> tensors(Path file) {
        try {
            return SafetensorsReader.tensorsOf(file)
                    .or(() -> Optional.of(GgufReader.read(file).asTensorFile()));
        } catch (LockstepException noFileOfTensors) {
            return Optional.empty();
        }
    }

    private static Optional<FileDigest.Header> header(TensorFile tensors) {
        try (FileChannel channel = FileChannel.open(tensors.file())) {
            return Optional.of(
                    new FileDigest.Header(tensors.headerBytes(), Sha256.of(channel, 0, tensors.headerBytes())));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
