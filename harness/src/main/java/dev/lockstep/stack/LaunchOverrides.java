package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one start does differently from {@code stack.yaml}.
 *
 * @param name another name for the running stack, so that both can run side by side
 * @param params engine parameters to set; JSON null removes one
 * @param engineDirectory a virtual environment to use in place of the pinned one
 */
public record LaunchOverrides(
        Optional<String> name,
        Optional<String> version,
        Optional<Path> engineDirectory,
        SortedMap<String, JsonNode> params) {

    public LaunchOverrides {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** Changes nothing. */
    public static LaunchOverrides none() {
        return new LaunchOverrides(Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /** Starts a stack again as it runs. */
    public static LaunchOverrides as(RunningStack running) {
        SortedMap<String, JsonNode> params = new TreeMap<>();
        running.launch().properties().forEach(param -> params.put(param.getKey(), param.getValue()));
        return new LaunchOverrides(
                Optional.of(running.name()), Optional.of(running.version()), Optional.empty(), params);
    }

    public LaunchOverrides withName(String other) {
        return new LaunchOverrides(Optional.of(other), version, engineDirectory, params);
    }

    public LaunchOverrides withVersion(String other) {
        return new LaunchOverrides(name, Optional.of(other), engineDirectory, params);
    }

    public LaunchOverrides withEngineDirectory(Path other) {
        return new LaunchOverrides(name, version, Optional.of(other), params);
    }

    public LaunchOverrides with(String param, JsonNode value) {
        SortedMap<String, JsonNode> more = new TreeMap<>(params);
        more.put(param, value);
        return new LaunchOverrides(name, version, engineDirectory, more);
    }

    /** Returns the stack that such a start makes; its files follow the changed parameters. */
    public StackConfig applyTo(StackConfig config) {
        StackConfig.Launch launch = launch(config);
        return new StackConfig(
                config.file(),
                name.orElse(config.name()),
                config.engine(),
                config.model(),
                config.visibility(),
                config.endpoint(),
                config.request(),
                params.isEmpty() ? config.files() : LaunchPaths.files(launch.params()),
                Optional.of(launch),
                config.declared(),
                config.derivation(),
                config.saved(),
                config.policies(),
                config.floor(),
                config.evidence());
    }

    StackConfig.Launch launch(StackConfig config) {
        StackConfig.Launch launch = config.launch().orElseThrow(() -> notManaged(config));
        SortedMap<String, JsonNode> merged = new TreeMap<>(launch.params());
        params.forEach((key, value) -> {
            if (value.isNull()) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return new StackConfig.Launch(
                launch.packageName(),
                version.orElse(launch.version()),
                launch.opaque(),
                launch.modelPackage(),
                merged,
                engineDirectory.or(launch::engineDirectory));
    }

    private static LockstepException notManaged(StackConfig config) {
        return new LockstepException(
                ErrorKind.CONFIG,
                config.file() + ": stack '" + config.name()
                        + "' has no 'launch', so Lockstep cannot start it; add one, or start it yourself");
    }
}
