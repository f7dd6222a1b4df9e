package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the field {@code files} of a stack: what its model is made of, by path or by the name in a store. */
final class FilesFields {
    private static final String REPO = "repo";
    private static final String CACHE = "cache_dir";
    private static final String OLLAMA = "ollama";
    private static final String WEIGHTS = "weights";
    private static final Pattern REPO_FORM = Pattern.compile("\\w[\\w.-]*(/\\w[\\w.-]*)?");
    private static final Pattern REVISION_FORM = Pattern.compile("\\w[\\w.-]*(/\\w[\\w.-]*)*");
    private static final Pattern ELSEWHERE = Pattern.compile("(https?|oci)://");
    private static final List<String> OF_A_REPO = List.of("revision", "tokenizer_revision", CACHE);

    private final Fields files;
    private final Path folder;
    private final Problems problems;

    private FilesFields(Fields files, Path folder, Problems problems) {
        this.files = files;
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Reads it.
     *
     * @param folder where relative paths begin
     * @param launched what the launch names, which counts where the field does not
     */
    static StackConfig.Files read(
            DocumentNode.Mapping node, Path folder, StackConfig.Files launched, Problems problems) {
        FilesFields fields = new FilesFields(Fields.of(node, "files", problems), folder, problems);
        return fields.read(launched);
    }

    private StackConfig.Files read(StackConfig.Files launched) {
        Optional<ModelOrigin> origin = origin();
        requireOneModel(launched);
        StackConfig.Files result = new StackConfig.Files(
                path(files, WEIGHTS).or(launched::weights),
                path(files, "projector").or(launched::projector),
                files.has("adapters") ? adapters() : launched.adapters(),
                origin,
                packages(),
                mirrors());
        files.rejectUnknown();
        return result;
    }

    private void requireOneModel(StackConfig.Files launched) {
        List<String> names = Stream.of(WEIGHTS, REPO, OLLAMA).filter(files::has).toList();
        if (names.size() > 1) {
            files.problem(
                    names.get(1), "'" + names.get(0) + "' and '" + names.get(1) + "' both name the model; keep one");
        } else if (!names.isEmpty()
                && !names.contains(WEIGHTS)
                && launched.weights().isPresent()) {
            files.problem(names.getFirst(), "'" + names.getFirst() + "' names a model, and so does 'launch'; keep one");
        }
    }

    private Optional<ModelOrigin> origin() {
        Optional<ModelOrigin> hub = files.has(REPO) ? Optional.of(hub()) : Optional.empty();
        if (hub.isEmpty()) {
            OF_A_REPO.stream()
                    .filter(files::has)
                    .forEach(name -> files.problem(
                            name, "'" + name + "' needs '" + REPO + "', such as Qwen/Qwen3-VL-8B-Instruct; add it"));
        }
        return files.has(OLLAMA) ? Optional.of(ollama()) : hub;
    }

    private ModelOrigin hub() {
        String repo = files.matching(REPO, REPO_FORM, "write organisation/name, as the hub does");
        String revision = files.has("revision") ? revision("revision") : "main";
        Optional<String> tokenizer =
                files.has("tokenizer_revision") ? Optional.of(revision("tokenizer_revision")) : Optional.empty();
        files.requiredText(CACHE, "write the folder that HF_HUB_CACHE names");
        return new ModelOrigin.Hub(repo, revision, tokenizer, path(files, CACHE).orElse(folder));
    }

    private String revision(String name) {
        return files.matching(name, REVISION_FORM, "write a branch, a tag or a commit");
    }

    private ModelOrigin ollama() {
        Fields ollama = Fields.of(files.mapping(OLLAMA), "files.ollama", problems);
        String model = ollama.requiredText("model", "write its name, such as qwen3-vl:8b");
        if (!model.isEmpty() && !ModelSource.Ollama.isName(model)) {
            ollama.problem("model", "'model' is '" + model + "'; expected [host/][namespace/]model[:tag]");
        }
        ollama.requiredText("store", "write the folder that OLLAMA_MODELS names");
        ModelOrigin origin = new ModelOrigin.Ollama(model, path(ollama, "store").orElse(folder));
        ollama.rejectUnknown();
        return origin;
    }

    private List<StackConfig.Adapter> adapters() {
        return files.texts("adapters").stream()
                .map(path -> new StackConfig.Adapter(folder.resolve(path).normalize(), 1))
                .toList();
    }

    private List<String> mirrors() {
        return files.texts("mirrors").stream()
                .map(place -> ELSEWHERE.matcher(place).lookingAt()
                        ? place
                        : folder.resolve(place).normalize().toString())
                .toList();
    }

    private Optional<StackConfig.Packages> packages() {
        if (!files.has("packages")) {
            return Optional.empty();
        }
        Fields packages = Fields.of(files.mapping("packages"), "files.packages", problems);
        packages.requiredText("folder", "write the environment's site-packages");
        StackConfig.Packages read =
                new StackConfig.Packages(path(packages, "folder").orElse(folder), packages.texts("names"));
        if (read.names().isEmpty()) {
            packages.problem("names", "'names' lists no package; write such as [transformers, tokenizers, torch]");
        }
        packages.rejectUnknown();
        return Optional.of(read);
    }

    private Optional<Path> path(Fields fields, String name) {
        Optional<String> text = fields.text(name);
        text.filter(path -> path.startsWith("~"))
                .ifPresent(path -> fields.problem(
                        name, "'" + name + "' is '" + path + "'; '~' means nothing here, write the whole path"));
        return text.map(path -> folder.resolve(path).normalize());
    }
}
