package dev.lockstep.lock;

import dev.lockstep.document.ByteSink;
import dev.lockstep.document.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Hashes parts of a file that follow one another without overlap; what lies between them is not hashed. */
final class ExtentDigests implements ByteSink {
    private final List<Extent> extents;
    private final MessageDigest digest = Sha256.begin();
    private final List<String> digests = new ArrayList<>();
    private long position;

    /** Names the parts, in the order of the file. */
    ExtentDigests(List<Extent> extents) {
        this.extents = List.copyOf(extents);
    }

    @Override
    public void take(byte[] bytes, int length) {
        long from = position;
        position += length;
        while (digests.size() < extents.size()) {
            Extent extent = extents.get(digests.size());
            long begin = Math.max(extent.offset(), from);
            long end = Math.min(extent.end(), position);
            if (begin < end) {
                digest.update(bytes, (int) (begin - from), (int) (end - begin));
            }
            if (extent.end() > position) {
                return;
            }
            digests.add(Sha256.hex(digest));
        }
    }

    /** Returns the SHA-256 of each part, in their order; all must have been taken. */
    List<String> digests() {
        take(new byte[0], 0);
        return List.copyOf(digests);
    }
}
