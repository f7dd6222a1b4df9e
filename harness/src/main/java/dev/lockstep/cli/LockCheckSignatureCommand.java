package dev.lockstep.cli;

import dev.lockstep.interchange.ModelSignature;
import dev.lockstep.interchange.SignatureComparison;
import dev.lockstep.interchange.VerifyingKey;
import dev.lockstep.job.LockedStack;
import dev.lockstep.lock.Lock;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a lock against a signature of its model. */
@Command(
        name = "check-signature",
        mixinStandardHelpOptions = true,
        description = "Compare the files of a lock with those that a model.sig of the OpenSSF's model_signing lists, "
                + "and check the signature of that list.",
        footer = {
            "",
            "Exit codes: 0 the files are the signed ones; 2 they are not, or the signature is of another key;",
            "            3 they are, but nobody named a key, so that anybody may have made the list.",
            "Example: ${ROOT-COMMAND-NAME} lock check-signature model.sig --stack DIR"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockCheckSignatureCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The signature.")
    private @Nullable Path file;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "PEM file with the signer's public key or certificate (of which the key alone counts).")
    private @Nullable Path key;

    @Option(
            names = "--list-only",
            description =
                    "Be content with the list: its signature was checked elsewhere, as by `model_signing verify`.")
    private boolean listOnly;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Lock lock = LockedStack.readLock(stack.folder(stack.config()).lock());
        ModelSignature signature = ModelSignature.read(Objects.requireNonNull(file));
        Optional<VerifyingKey> trusted = Optional.ofNullable(key).map(VerifyingKey::read);
        SignatureReport report = new SignatureReport(
                SignatureComparison.of(signature, lock), trusted, trusted.map(signature::isSignedBy), listOnly);
        output.print(report.text(), report::json);
        return report.exitCode();
    }
}
