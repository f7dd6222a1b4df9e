package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.StackInit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a first stack.yaml for a server that is there. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description =
                "Look at a server that runs, recognise its engine (llama.cpp, vLLM, Ollama; anything else is 'openai'), and write "
                        + "a first stack.yaml to edit.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} init http://127.0.0.1:8080 --to baselines/mine"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class InitCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URL",
            description = "The server's address, such as http://127.0.0.1:8080; /v1 at its end is left out.")
    private @Nullable URI url;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The folder that gets stack.yaml; one that is there is never overwritten.")
    private @Nullable Path folder;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        URI root = ServerRoot.of(Objects.requireNonNull(url));
        Path file;
        try (ModelClient client = ModelClients.open(EndpointConfig.of(root), System.getenv())) {
            file = StackInit.write(LiveEndpoint.of(root, client, Clock.systemUTC()), Objects.requireNonNull(folder));
        }
        output.print(
                "wrote " + file + "\nread it, fill in what the server does not tell, then: "
                        + output.invocation().of("lock", "--stack", String.valueOf(folder)),
                () -> JsonNodeFactory.instance.objectNode().put("file", file.toString()));
        return ExitCode.OK;
    }
}
