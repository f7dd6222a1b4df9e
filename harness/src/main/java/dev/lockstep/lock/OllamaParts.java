package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model of Ollama's, part by part.
 *
 * <p>Model, projector and adapters are GGUF files with roles of their own, so that their fields are those of the same files
 * elsewhere. Ollama looks at digests only while it pulls, so the other blobs are held against their names here.
 */
final class OllamaParts {
    private static final Set<String> GGUF = Set.of("model", "projector", "adapter");
    private static final Map<String, FileUse> USES = Map.of(
            "template", new FileUse.Whole(Layer.TEMPLATE),
            "prompt", new FileUse.Whole(Layer.TEMPLATE),
            "system", new FileUse.Whole(Layer.TEMPLATE),
            "messages", new FileUse.Whole(Layer.TEMPLATE),
            "params", new FileUse.Keys(Layer.GENERATION_DEFAULTS),
            "tensor", new FileUse.Whole(Layer.WEIGHTS),
            "draft", new FileUse.Whole(Layer.WEIGHTS),
            "license", new FileUse.Note());
    private static final Pattern TEMPLATE_CODE = Pattern.compile("/(renderer|parser)(/.*)?");
    private static final Pattern REPEATED_DIGESTS = Pattern.compile("/rootfs(/.*)?");
    private static final Pattern REMOTE = Pattern.compile("#/remote_(host|model)$");

    private final OllamaManifest manifest;
    private final FileFacts facts;
    private final Map<String, Integer> numbers = new TreeMap<>();

    private OllamaParts(OllamaManifest manifest, String role) {
        this.manifest = manifest;
        this.facts = new FileFacts(role);
    }

    /** Returns the GGUF files by role: {@code model}, {@code projector}, {@code adapter.1}. */
    static SortedMap<String, ModelSource> ggufFiles(OllamaManifest manifest) {
        SortedMap<String, ModelSource> files = new TreeMap<>();
        Map<String, Integer> numbers = new TreeMap<>();
        for (OllamaManifest.Part part : manifest.layers()) {
            if (GGUF.contains(part.kind())) {
                int number = numbers.merge(part.kind(), 1, Integer::sum);
                boolean isNumbered = number > 1 || part.kind().equals("adapter");
                files.put(isNumbered ? part.kind() + "." + number : part.kind(), new ModelSource.Gguf(part.blob()));
            }
        }
        return files;
    }

    /** Reads all else, and looks whether every blob is there. */
    static SourceFacts read(OllamaManifest manifest, String role) {
        OllamaParts parts = new OllamaParts(manifest, role);
        parts.facts.put(Layer.PROVENANCE, "manifest", TextNode.valueOf("sha256:" + manifest.sha256()));
        manifest.layers().forEach(parts::add);
        return parts.facts.facts();
    }

    private void add(OllamaManifest.Part part) {
        String path = path(part);
        if (!Files.exists(part.blob())) {
            facts.problem(
                    path,
                    part.blob(),
                    "is missing, but " + manifest.file() + " needs it as '" + part.kind()
                            + "'; fetch the model again with ollama pull");
            return;
        }
        if (GGUF.contains(part.kind())) {
            return;
        }
        if (part.kind().equals("config")) {
            addConfiguration(path, part);
        } else {
            facts.add(path, part.blob(), use(part));
        }
        requireDigest(path, part);
    }

    private String path(OllamaManifest.Part part) {
        if (part.kind().equals("json") && !part.name().isEmpty()) {
            return part.name();
        }
        if (!part.name().isEmpty()) {
            return part.kind() + "/" + part.name();
        }
        int number = numbers.merge(part.kind(), 1, Integer::sum);
        return number == 1 ? part.kind() : part.kind() + "." + number;
    }

    /** What a newer Ollama adds is part of the model too. */
    private static FileUse use(OllamaManifest.Part part) {
        FileUse unknown = part.kind().equals("json") ? FileUse.of(part.name()) : new FileUse.Whole(Layer.MODEL_CONFIG);
        return USES.getOrDefault(part.kind(), unknown);
    }

    private void addConfiguration(String path, OllamaManifest.Part part) {
        facts.addKeys(path, part.blob(), OllamaParts::layer);
        boolean isRemote = facts.facts().proof().getOrDefault(Layer.MODEL_CONFIG, new TreeMap<>()).keySet().stream()
                .anyMatch(field -> REMOTE.matcher(field).find());
        if (isRemote) {
            facts.problem(
                    path,
                    part.blob(),
                    "says that another host serves the model ('remote_host'), so nothing of it can be locked;"
                            + " write visibility: opaque and declare what you know");
        }
    }

    private static Optional<Layer> layer(String pointer) {
        if (REPEATED_DIGESTS.matcher(pointer).matches()) {
            return Optional.empty();
        }
        if (TEMPLATE_CODE.matcher(pointer).matches()) {
            return Optional.of(Layer.TEMPLATE);
        }
        return Optional.of(pointer.equals("/file_type") ? Layer.QUANTIZATION : Layer.MODEL_CONFIG);
    }

    private void requireDigest(String path, OllamaManifest.Part part) {
        Optional.ofNullable(facts.entries().get(path))
                .filter(entry -> !entry.sha256().equals(part.sha256()))
                .ifPresent(
                        entry -> facts.problem(
                                path,
                                part.blob(),
                                "holds bytes with the SHA-256 " + entry.sha256().substring(0, 12)
                                        + "…, not those of its name; the store is damaged: delete it and fetch the model again"));
    }
}
