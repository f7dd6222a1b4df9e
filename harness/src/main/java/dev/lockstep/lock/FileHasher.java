package dev.lockstep.lock;

import dev.lockstep.document.ByteSink;
import dev.lockstep.document.FileReading;
import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Hashes files for a lock, each read once.
 *
 * <p>The digests of a file, of its chunks and of its tensors are made on different cores from the same blocks. Files are
 * hashed side by side, the largest first.
 */
public final class FileHasher {
    /** Each file takes 2 MiB of memory while it is read, so there is an end. */
    private static final int MOST_FILES_AT_ONCE = 16;

    private final Hashing hashing;

    public FileHasher(Hashing hashing) {
        this.hashing = hashing;
    }

    /**
     * Hashes a file and its chunks.
     *
     * @throws dev.lockstep.document.LockstepException of kind CONFIG when it cannot be read, or changes meanwhile
     */
    public FileDigest digest(Path file) {
        return digest(file, new ByteCount(size(file), hashing.progress()));
    }

    /** Hashes a file, its chunks, its header and its tensors; fails as {@link #digest(Path)} does. */
    public TensorReading digest(TensorFile file) {
        return digest(file, new ByteCount(size(file.file()), hashing.progress()));
    }

    /** Hashes files, their chunks, headers and tensors; fails as {@link #digestAll} does. */
    SortedMap<Path, TensorReading> digestTensors(Collection<TensorFile> files) {
        Map<Path, TensorFile> byPath = new HashMap<>();
        files.forEach(file -> byPath.put(file.file(), file));
        return readings(required(
                outcomes(byPath.keySet(), (file, count) -> digest(Objects.requireNonNull(byPath.get(file)), count))));
    }

    /**
     * Hashes files and their chunks.
     *
     * @throws ProblemsException that names all files that cannot be read, or change meanwhile
     */
    public SortedMap<Path, FileDigest> digestAll(Collection<Path> files) {
        SortedMap<Path, FileDigest> digests = new TreeMap<>();
        readings(required(outcomes(files, this::withoutTensors)))
                .forEach((file, reading) -> digests.put(file, reading.file()));
        return Collections.unmodifiableSortedMap(digests);
    }

    /** Hashes those files that can be read, and the tensors of those that are safetensors. */
    SortedMap<Path, TensorReading> digestReadable(Collection<Path> files) {
        return readings(outcomes(files, this::withTensors));
    }

    /** Reads those that are not known. */
    private List<Outcome> outcomes(Collection<Path> files, BiFunction<Path, ByteCount, TensorReading> reader) {
        List<Outcome> outcomes = new ArrayList<>();
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : files) {
            Optional.ofNullable(hashing.known().get(file))
                    .ifPresentOrElse(
                            known -> outcomes.add(new Outcome(file, Optional.of(known), List.of())),
                            () -> sizes.put(file, size(file)));
        }
        outcomes.addAll(read(sizes, reader));
        return outcomes;
    }

    private List<Outcome> read(Map<Path, Long> sizes, BiFunction<Path, ByteCount, TensorReading> reader) {
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        ByteCount count = new ByteCount(all, hashing.progress());
        List<Callable<Outcome>> tasks = new ArrayList<>();
        sizes.entrySet().stream()
                .sorted(Map.Entry.<Path, Long>comparingByValue().reversed())
                .forEach(file -> tasks.add(() -> outcome(file.getKey(), path -> reader.apply(path, count))));
        return Parallel.run(Math.clamp(hashing.cores(), 1, MOST_FILES_AT_ONCE), tasks);
    }

    /** What came of one file among many. */
    private record Outcome(Path file, Optional<TensorReading> reading, List<Problem> problems) {}

    private static Outcome outcome(Path file, Function<Path, TensorReading> reader) {
        try {
            return new Outcome(file, Optional.of(reader.apply(file)), List.of());
        } catch (ProblemsException unreadable) {
            return new Outcome(file, Optional.empty(), unreadable.problems());
        }
    }

    private static List<Outcome> required(List<Outcome> outcomes) {
        List<Problem> problems = outcomes.stream()
                .flatMap(outcome -> outcome.problems().stream())
                .sorted(Comparator.comparing(Problem::toString))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return outcomes;
    }

    private static SortedMap<Path, TensorReading> readings(List<Outcome> outcomes) {
        SortedMap<Path, TensorReading> readings = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.reading().ifPresent(reading -> readings.put(outcome.file(), reading)));
        return Collections.unmodifiableSortedMap(readings);
    }

    /** A file of another format, or with a broken header, has no tensors: its bytes are hashed all the same. */
    private TensorReading withTensors(Path file, ByteCount count) {
        return SafetensorsReader.tensorsOf(file)
                .map(tensors -> digest(tensors, count))
                .orElseGet(() -> withoutTensors(file, count));
    }

    private TensorReading withoutTensors(Path file, ByteCount count) {
        return new TensorReading(digest(file, count), TensorDigests.none());
    }

    private TensorReading digest(TensorFile file, ByteCount count) {
        try (FileReading reading = FileReading.open(file.file())) {
            ContentDigests content = new ContentDigests(reading.size(), hashing.chunkBytes());
            ExtentDigests parts = new ExtentDigests(file.extents());
            List<ByteSink> sinks = content.sinks();
            sinks.add(parts);
            reading.run(sinks, count::add);
            requireEnd(reading, file);
            TensorReading result = file.with(content.digest(), parts.digests());
            keep(reading, result.file());
            return result;
        } catch (IOException e) {
            throw UnreadableFile.because(file.file(), e);
        }
    }

    private FileDigest digest(Path file, ByteCount count) {
        try (FileReading reading = FileReading.open(file)) {
            ContentDigests content = new ContentDigests(reading.size(), hashing.chunkBytes());
            reading.run(content.sinks(), count::add);
            FileDigest result = content.digest();
            keep(reading, result);
            return result;
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private static void requireEnd(FileReading reading, TensorFile file) throws IOException {
        if (file.extents().getLast().end() > reading.size()) {
            throw new IOException("it became shorter since its header was read; fetch it again");
        }
    }

    private void keep(FileReading reading, FileDigest digest) {
        hashing.cache()
                .ifPresent(cache ->
                        reading.key().filter(FilePlanner::isWorthKeeping).ifPresent(key -> cache.keep(key, digest)));
    }

    /** A file that is missing is told of when it is read. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
