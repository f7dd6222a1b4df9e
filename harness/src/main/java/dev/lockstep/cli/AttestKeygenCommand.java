package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.evidence.SigningKey;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the key that signs evidence. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description =
                "Make an Ed25519 key that signs evidence: KEY, which stays where the stack is served, and KEY.pub, whose line "
                        + "goes into stack.yaml. Files that are there are never overwritten.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} attest keygen attest.key"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class AttestKeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KEY", description = "The file of the private key.")
    private @Nullable Path file;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Path path = Objects.requireNonNull(file);
        SigningKey key = SigningKey.generate();
        key.write(path);
        output.print(
                "wrote " + path + " (keep it secret) and " + path + ".pub\nkey " + key.id()
                        + "\nto trust it, add to stack.yaml:\n  evidence: {keys: [" + key.publicText() + "]}",
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("file", path.toString())
                        .put("key", key.id())
                        .put("public", key.publicText()));
        return ExitCode.OK;
    }
}
