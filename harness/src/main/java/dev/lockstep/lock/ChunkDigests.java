package dev.lockstep.lock;

import dev.lockstep.document.ByteSink;
import dev.lockstep.document.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Hashes a file chunk by chunk. */
final class ChunkDigests implements ByteSink {
    private final long chunkBytes;
    private final MessageDigest digest = Sha256.begin();
    private final List<String> chunks = new ArrayList<>();
    private long size;

    ChunkDigests(long chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void take(byte[] bytes, int length) {
        for (int at = 0; at < length; ) {
            int part = (int) Math.min(length - at, chunkBytes - size % chunkBytes);
            digest.update(bytes, at, part);
            at += part;
            size += part;
            if (size % chunkBytes == 0) {
                chunks.add(Sha256.hex(digest));
            }
        }
    }

    /** Returns the tree of what was taken; a last chunk may be shorter. */
    ChunkTree tree() {
        if (size % chunkBytes != 0) {
            chunks.add(Sha256.hex(digest));
        }
        return new ChunkTree(chunkBytes, size, chunks);
    }
}
