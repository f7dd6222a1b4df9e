package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FileDigest;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The model files of a lock, where a stack.yaml says that they lie. */
public final class ExpectedFiles {
    private static final String FILE = "file";
    private static final String DIGEST = "sha256:";

    private final Lock lock;
    private final StackConfig config;

    public ExpectedFiles(Lock lock, StackConfig config) {
        this.lock = lock;
        this.config = config;
    }

    /** Tells whether stack.yaml names files at all. */
    public boolean areNamed() {
        return config.files().nameModel();
    }

    /**
     * Returns what the lock says of each file as a whole; empty when files of a store are meant, which only {@link #byLayer} finds.
     */
    public SortedMap<Path, FileDigest> expected() {
        SortedMap<Path, FileDigest> expected = new TreeMap<>();
        for (ModelFile file : ModelFile.of(config.files())) {
            place(file.source()).ifPresent(place -> add(file.role() + "." + FILE, place, expected));
        }
        return Collections.unmodifiableSortedMap(expected);
    }

    /** Compares all bytes with every field that the lock pins of them. */
    public List<Check> byLayer() {
        return new FileChecks(lock, config.policies(), new ModelLayers()).onDisk(config);
    }

    /** Returns the folder or the file of a source that has one. */
    private static Optional<Path> place(ModelSource source) {
        return switch (source) {
            case ModelSource.Gguf(Path file) -> Optional.of(file);
            case ModelSource.Folder(Path folder) -> Optional.of(folder);
            case ModelSource.Hub hub -> Optional.empty();
            case ModelSource.Ollama ollama -> Optional.empty();
        };
    }

    private void add(String field, Path place, SortedMap<Path, FileDigest> expected) {
        Path folder = Files.isDirectory(place) ? place : place.resolveSibling("");
        for (LayerState layer : lock.layers().values()) {
            layer.pinned().forEach((name, value) -> {
                if (name.equals(field)) {
                    expected.put(
                            place, FileDigest.of(size(place), value.asText().substring(DIGEST.length())));
                } else if (name.startsWith(field + ".") && isEntry(value)) {
                    Path file = folder.resolve(name.substring(field.length() + 1));
                    expected.put(
                            file,
                            FileDigest.of(
                                    value.path("size").longValue(),
                                    value.path("sha256").asText()));
                }
            });
        }
    }

    /** The entry of a whole GGUF file holds no size, which its digest makes needless. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isEntry(JsonNode value) {
        return value.path("sha256").isTextual() && value.path("size").isIntegralNumber();
    }
}
