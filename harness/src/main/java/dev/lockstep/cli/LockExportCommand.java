package dev.lockstep.cli;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.interchange.LockStatement;
import dev.lockstep.interchange.MlBom;
import dev.lockstep.job.LockedStack;
import dev.lockstep.lock.Lock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes a lock in the form of another tool. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write a lock as an in-toto statement, to be signed or attached, or as a CycloneDX bill of materials. "
                        + "The same lock gives the same bytes.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} lock export --format cyclonedx --stack DIR"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockExportCommand implements Callable<Integer> {

    /** The forms. */
    enum Format {
        IN_TOTO("in-toto"),
        CYCLONEDX("cyclonedx");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        String text(Lock lock) {
            return switch (this) {
                case IN_TOTO -> LockStatement.text(lock);
                case CYCLONEDX -> MlBom.text(lock);
            };
        }

        static Format of(String text) {
            return Arrays.stream(values())
                    .filter(format -> format.word.equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("expected in-toto or cyclonedx, but was '" + text + "'"));
        }
    }

    /** Reads a form by the word that people write. */
    static final class FormatWord implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return Format.of(text);
        }
    }

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatWord.class,
            description = "in-toto or cyclonedx.")
    private @Nullable Format format;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it; default: standard output.")
    private @Nullable Path out;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Lock lock = LockedStack.readLock(stack.folder(stack.config()).lock());
        String text = Objects.requireNonNull(format).text(lock);
        var printer = Objects.requireNonNull(spec).commandLine().getOut();
        if (out == null) {
            printer.print(text);
        } else {
            AtomicFile.write(out, text);
            printer.println("wrote " + lock.id() + " to " + out);
        }
        printer.flush();
        return ExitCode.OK;
    }
}
