package dev.lockstep.cli;

import dev.lockstep.lock.Lock;
import dev.lockstep.stack.StackConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of a file, for editors and other tools. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema of stack.lock.json or of stack.yaml, for editors and other tools.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} lock schema stack > stack.schema.json"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockSchemaCommand implements Callable<Integer> {

    /** The files that have a schema. */
    enum File {
        LOCK(Lock.class, "stack.lock.schema.json"),
        STACK(StackConfig.class, "stack.schema.json");

        private final Class<?> neighbour;
        private final String resource;

        File(Class<?> neighbour, String resource) {
            this.neighbour = neighbour;
            this.resource = resource;
        }

        String text() {
            try (InputStream bytes = Objects.requireNonNull(neighbour.getResourceAsStream(resource), resource)) {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(resource, e);
            }
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "FILE", description = "${COMPLETION-CANDIDATES}")
    private @Nullable File file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(Objects.requireNonNull(file).text());
        out.flush();
        return ExitCode.OK;
    }
}
