package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the files of one source say, collected file by file.
 *
 * <p>Each file has one entry, {@code file.<path>}: in its layer, or in provenance when its keys belong to several; then each
 * key is a field {@code <path>#<JSON pointer>}. A byte that only rewrites such a file moves provenance alone.
 */
final class FileFacts {
    static final String FILE = "file.";
    /** The note of the root of all tensors: files may be cut in another way and hold the same. */
    static final String TENSORS = "tensors";

    private static final String TEMPLATE = "#/chat_template";
    private static final long LARGEST_CONFIGURATION = 4 << 20;

    private final String role;
    private final UnaryOperator<Layer> layers;
    private final RoleFacts facts;
    private final SortedMap<String, JsonNode> notes = new TreeMap<>();
    private final SortedMap<String, FileEntry> entries = new TreeMap<>();
    private final Map<Path, TensorReading> hashed = new HashMap<>();
    private TensorDigests tensors = TensorDigests.none();
    private final List<FileProblem> problems = new ArrayList<>();
    private final List<ChunkTree> chunks = new ArrayList<>();

    FileFacts(String role) {
        this.role = role;
        this.layers = role.startsWith(GgufRole.ADAPTER.key()) ? layer -> Layer.ADAPTERS : layer -> layer;
        this.facts = new RoleFacts(role);
    }

    /** Hashes files side by side before they are added; those that cannot be read become problems when they are. */
    FileFacts hash(Collection<Path> files, Hashing hashing) {
        hashed.putAll(new FileHasher(hashing).digestReadable(files));
        return this;
    }

    /** Reads a file; what is wrong with it becomes a problem. */
    FileFacts add(String path, Path file, FileUse use) {
        try {
            switch (use) {
                case FileUse.Whole(Layer layer) -> whole(layer, path, file);
                case FileUse.Note() -> note(FILE + path, entry(path, file));
                case FileUse.Keys keys -> split(path, file, pointer -> Optional.of(keys.layer(pointer)));
            }
        } catch (IOException e) {
            unreadable(path, file, e);
        }
        return this;
    }

    /** Tells of a file that engines find, and nobody reads here: it is in no lock, so it never matches one. */
    FileFacts addUnread(String path, FileUse use) {
        JsonNode unread = TextNode.valueOf("unread");
        use.layers().stream()
                .findFirst()
                .ifPresentOrElse(
                        layer -> facts.put(layers.apply(layer), FILE + path, unread), () -> note(FILE + path, unread));
        return this;
    }

    /** Reads a JSON file whose keys belong to layers; a key without one is left out. */
    FileFacts addKeys(String path, Path file, Function<String, Optional<Layer>> layerOfPointer) {
        try {
            split(path, file, layerOfPointer);
        } catch (IOException e) {
            unreadable(path, file, e);
        }
        return this;
    }

    /** Adds a field that is not about a file. */
    FileFacts put(Layer layer, String name, JsonNode value) {
        facts.put(layer, name, value);
        return this;
    }

    FileFacts note(String name, JsonNode value) {
        notes.put(role + "." + name, value);
        return this;
    }

    FileFacts problem(String path, Path file, String message) {
        problems.add(new FileProblem(file, path, message));
        return this;
    }

    FileFacts problems(List<FileProblem> more) {
        problems.addAll(more);
        return this;
    }

    /** Returns what was read of each file as a whole, by path. */
    SortedMap<String, FileEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    SourceFacts facts() {
        if (!tensors.byName().isEmpty()) {
            note(TENSORS, TextNode.valueOf("sha256:" + tensors.root()));
        }
        return new SourceFacts(facts.byLayer(), notes, problems, tensors, chunks);
    }

    private void whole(Layer layer, String path, Path file) throws IOException {
        facts.put(layers.apply(layer), FILE + path, entry(path, file));
        boolean isBesideTheModel = layer == Layer.ADAPTERS && layers.apply(Layer.WEIGHTS) == Layer.WEIGHTS;
        TensorReading reading = hashed.get(file);
        if (reading != null) {
            tensors = isBesideTheModel ? tensors : tensors.and(reading.tensors());
            reading.file().chunks().ifPresent(tree -> addChunks(path, tree));
        }
    }

    private void addChunks(String path, ChunkTree tree) {
        facts.put(Layer.PROVENANCE, FileField.chunks(path), TextNode.valueOf("sha256:" + tree.root()));
        chunks.add(tree);
    }

    private JsonNode entry(String path, Path file) throws IOException {
        TensorReading reading = hashed.get(file);
        return kept(path, reading == null ? FileEntry.of(file) : FileEntry.of(reading.file()));
    }

    private JsonNode kept(String path, FileEntry entry) {
        entries.put(path, entry);
        return entry.json();
    }

    private void split(String path, Path file, Function<String, Optional<Layer>> layerOfPointer) throws IOException {
        if (Files.size(file) > LARGEST_CONFIGURATION) {
            facts.put(Layer.PROVENANCE, FILE + path, entry(path, file));
            problem(path, file, "is larger than 4 MiB, which no configuration is; fetch it again");
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        facts.put(Layer.PROVENANCE, FILE + path, kept(path, FileEntry.of(bytes)));
        try {
            JsonKeys.read(bytes)
                    .forEach((pointer, value) -> layerOfPointer
                            .apply(pointer)
                            .ifPresent(layer -> addKey(layers.apply(layer), path + "#" + pointer, value)));
        } catch (JsonProcessingException e) {
            problem(path, file, "is not valid JSON: " + JsonMistake.of(e) + "; restore it, or fetch it again");
        }
    }

    private void addKey(Layer layer, String name, JsonNode value) {
        if (name.contains(TEMPLATE)) {
            facts.putDigest(layer, name, value);
            return;
        }
        facts.putReadable(layer, name, value);
    }

    private void unreadable(String path, Path file, IOException e) {
        problem(path, file, "cannot be read (" + e + "); check its permissions, or fetch it again");
    }
}
