package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.PythonPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The engine inside a process: the Python package whose native module it maps, or the program itself.
 *
 * @param fields the engine layer
 * @param files the files of the engine that the process maps
 */
record EngineIdentity(SortedMap<String, JsonNode> fields, List<MappedFile> files) {
    private static final Set<String> PACKAGES = Set.of("xllamacpp", "vllm", "sglang", "mlx");
    private static final Set<String> PROGRAMS = Set.of("llama-server", "ollama");
    private static final String SITE_PACKAGES = "site-packages";

    /** Returns the engine of a process; empty when it is none that is known, such as a proxy. */
    static Optional<EngineIdentity> of(LocalProcess process) {
        List<MappedFile> modules = process.mapped().stream()
                .filter(file -> packageRoot(file.path()).isPresent())
                .toList();
        if (!modules.isEmpty()) {
            Path root = packageRoot(modules.getFirst().path()).orElseThrow();
            String name = root.getFileName().toString();
            return Optional.of(new EngineIdentity(PythonPackage.identity(root.resolveSibling(""), name), modules));
        }
        return isProgram(process.executable()) ? Optional.of(ofProgram(process)) : Optional.empty();
    }

    /** Tells whether a process is an engine that is known, without reading its files. */
    static boolean isEngine(LocalProcess process) {
        return isProgram(process.executable())
                || process.mapped().stream()
                        .anyMatch(file -> packageRoot(file.path()).isPresent());
    }

    /** Returns the engine that a virtual environment holds. @throws LockstepException when it holds none */
    static SortedMap<String, JsonNode> ofEnvironment(Path environment, String packageName) {
        try (Stream<Path> pythons = Files.list(environment.resolve("lib"))) {
            Path sitePackages = pythons.map(python -> python.resolve(SITE_PACKAGES))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> notInstalled(environment, packageName));
            return PythonPackage.identity(sitePackages, packageName);
        } catch (IOException e) {
            throw notInstalled(environment, packageName);
        }
    }

    private static Optional<Path> packageRoot(Path module) {
        for (Path folder = module.getParent(); folder != null; folder = folder.getParent()) {
            Path parent = folder.getParent();
            if (parent != null && parent.endsWith(SITE_PACKAGES)) {
                return PACKAGES.contains(folder.getFileName().toString()) ? Optional.of(folder) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path executable) {
        return PROGRAMS.contains(executable.getFileName().toString());
    }

    private static EngineIdentity ofProgram(LocalProcess process) {
        Path folder = process.executable().getParent();
        List<MappedFile> own = process.mapped().stream()
                .filter(file -> folder != null && file.path().startsWith(folder))
                .toList();
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        fields.put("executable", digest(process.executable()));
        own.stream()
                .filter(file -> !file.path().equals(process.executable()) && isLibrary(file))
                .forEach(file -> fields.put("library." + file.path().getFileName(), digest(file.path())));
        return new EngineIdentity(fields, own);
    }

    private static boolean isLibrary(MappedFile file) {
        return !file.deleted() && file.path().getFileName().toString().contains(".so");
    }

    private static JsonNode digest(Path file) {
        return TextNode.valueOf("sha256:" + Sha256.of(file));
    }

    private static LockstepException notInstalled(Path environment, String packageName) {
        return new LockstepException(
                ErrorKind.PREREQUISITE,
                environment + ": there is no " + packageName
                        + " here, so the engine cannot be locked; run `lockstep stack up` first");
    }
}
