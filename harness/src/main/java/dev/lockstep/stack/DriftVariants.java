package dev.lockstep.stack;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the changed models and engines that the demo and the tests hide behind an unchanged name. */
public final class DriftVariants {
    /** An engine version that the launcher pins beside the default one. */
    public static final String OTHER_ENGINE = "2026.9.11063";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Path scripts;
    private final Map<String, String> environment;
    private final Launcher launcher;
    private final Consumer<String> progress;

    /**
     * Names where things lie.
     *
     * @param home the folder of engines and variants
     * @param scripts the folder that holds {@code embedded/variants.py}
     * @param environment the variables of the programs that make the variants
     * @param progress takes each line that they say on their way
     */
    public DriftVariants(Path home, Path scripts, Map<String, String> environment, Consumer<String> progress) {
        this.folder = home.toAbsolutePath().resolve("variants");
        this.scripts = scripts.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.launcher = new Launcher(home, scripts, environment, progress);
        this.progress = progress;
    }

    /** Returns the model with its weights taken through Q8_0 and back: same names, types, shapes and file size. */
    public Path rounded(Path model) {
        return rounded(model, "Q8_0");
    }

    /** Returns the same for {@code Q8_0} or {@code Q4_0}. */
    public Path rounded(Path model, String type) {
        return made(model, "rounded-" + type, List.of("rounded", "--type", type));
    }

    /** Returns the model with one more newline in its chat template, and the same weights. */
    public Path otherTemplate(Path model) {
        return made(model, "template", List.of("template", "--mode", "trailing-newline"));
    }

    /** Returns an environment with the binary of {@link #OTHER_ENGINE} that claims to be another version. */
    public Path forgedEngine(String claimed) {
        Path forged = folder.resolve("engine-" + OTHER_ENGINE + "-as-" + claimed);
        if (!Files.exists(forged)) {
            Path engine = installed("--engine", OTHER_ENGINE);
            variant(List.of("forge-engine", "--engine", engine.toString(), "--claim", claimed, forged.toString()));
        }
        return forged;
    }

    /** Every variant keeps the file name of its model, so that nothing but the bytes can tell. */
    private Path made(Path model, String name, List<String> how) {
        Path place = folder.resolve(name + "-" + Sha256.of(model).substring(0, 12));
        Path made = place.resolve(model.getFileName());
        if (!Files.exists(made)) {
            create(place);
            List<String> words = new ArrayList<>(how);
            words.add(model.toString());
            words.add(made.toString());
            variant(words);
        }
        return made;
    }

    private void variant(List<String> arguments) {
        create(folder);
        List<String> words = new ArrayList<>(List.of(
                installed("--tools").resolve("bin").resolve("python").toString(),
                scripts.resolve("embedded").resolve("variants.py").toString()));
        words.addAll(arguments);
        Command.Result result = new Command(words, environment, PATIENCE, progress).run();
        if (result.exitCode() != 0) {
            throw new LockstepException(ErrorKind.PREREQUISITE, "cannot make a variant: " + result.tail());
        }
    }

    private Path installed(String... what) {
        List<String> words = new ArrayList<>(List.of("install"));
        words.addAll(List.of(what));
        return Path.of(launcher.call(words).path("dir").asText());
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be created", e);
        }
    }
}
