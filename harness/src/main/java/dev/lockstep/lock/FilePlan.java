package dev.lockstep.lock;

import dev.lockstep.document.FileKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * What is to be read of a file to verify it.
 *
 * @param key what the file was known by when this was made
 * @param problem why nothing needs to be read; then it differs
 */
record FilePlan(
        Path file,
        FileDigest expected,
        Optional<FileKey> key,
        Coverage coverage,
        List<Range> ranges,
        Optional<String> problem) {

    FilePlan {
        ranges = List.copyOf(ranges);
    }

    /** A file that differs at a glance. */
    static FilePlan failed(Path file, FileDigest expected, String problem) {
        return new FilePlan(file, expected, Optional.empty(), new Coverage.Full(), List.of(), Optional.of(problem));
    }

    /** All bytes: by chunks where they are known, so that many cores can share them. */
    static FilePlan full(Path file, FileDigest expected, Optional<FileKey> key) {
        List<Range> ranges = expected.chunks()
                .map(tree -> chunks(file, tree, IntStream.range(0, tree.chunks().size())))
                .orElseGet(() -> List.of(new Range(file, "the file", 0, expected.size(), expected.sha256())));
        return new FilePlan(file, expected, key, new Coverage.Full(), ranges, Optional.empty());
    }

    static FilePlan sampled(Path file, FileDigest expected, ChunkTree tree, Coverage.Sampled sample) {
        SortedSet<Integer> chosen = sample.chunks();
        List<Range> ranges = new ArrayList<>(chunks(file, tree, chosen.stream().mapToInt(Integer::intValue)));
        expected.header().map(header -> header(file, header)).ifPresent(ranges::add);
        return new FilePlan(file, expected, Optional.empty(), sample, ranges, Optional.empty());
    }

    /** The header at most. */
    static FilePlan cached(Path file, FileDigest expected, FileKey key, DigestCache.Kept kept) {
        List<Range> ranges =
                expected.header().or(() -> kept.digest().header()).map(header -> header(file, header)).stream()
                        .toList();
        return new FilePlan(
                file, expected, Optional.of(key), new Coverage.Cached(kept.readAt()), ranges, Optional.empty());
    }

    private static List<Range> chunks(Path file, ChunkTree tree, IntStream numbers) {
        int all = tree.chunks().size();
        return numbers.mapToObj(number -> new Range(
                        file,
                        "chunk " + (number + 1) + " of " + all,
                        tree.offset(number),
                        tree.length(number),
                        tree.chunks().get(number)))
                .toList();
    }

    private static Range header(Path file, FileDigest.Header header) {
        return new Range(file, "the header", 0, header.bytes(), header.sha256());
    }
}
