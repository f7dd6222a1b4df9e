package dev.lockstep.lock;

import dev.lockstep.document.ByteSink;
import dev.lockstep.document.WholeDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a lock holds of the bytes of one file, made while it is read once. */
final class ContentDigests {
    private static final long LARGEST_IN_GIT = 10L << 20;

    private final long size;
    private final WholeDigest whole = WholeDigest.sha256();
    private final Optional<WholeDigest> gitOid;
    private final Optional<ChunkDigests> chunks;

    ContentDigests(long size, long chunkBytes) {
        this.size = size;
        this.gitOid = size <= LARGEST_IN_GIT ? Optional.of(new WholeDigest(GitOid.begin(size))) : Optional.empty();
        this.chunks = size > chunkBytes ? Optional.of(new ChunkDigests(chunkBytes)) : Optional.empty();
    }

    List<ByteSink> sinks() {
        List<ByteSink> sinks = new ArrayList<>();
        sinks.add(whole);
        gitOid.ifPresent(sinks::add);
        chunks.ifPresent(sinks::add);
        return sinks;
    }

    FileDigest digest() {
        return new FileDigest(
                size, whole.hex(), gitOid.map(WholeDigest::hex), chunks.map(ChunkDigests::tree), Optional.empty());
    }
}
