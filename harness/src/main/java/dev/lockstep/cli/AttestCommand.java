package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.TimeSpan;
import dev.lockstep.evidence.Attestation;
import dev.lockstep.evidence.Attester;
import dev.lockstep.job.Attesting;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.stack.Verification;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes evidence beside a server, for those who verify its stack from elsewhere. */
@Command(
        name = "attest",
        mixinStandardHelpOptions = true,
        description =
                "Read the locked files and the process that serves them, on the machine or in the pod that does, and write a "
                        + "signed file that `verify --evidence` takes as proof elsewhere.",
        footer = {
            "",
            "Exit codes: 0 all that could be read is the locked stack, 2 something is not; the evidence says so and is written.",
            "In a container, LOCKSTEP_POD_UID, LOCKSTEP_CONTAINER_STARTED and LOCKSTEP_IMAGE_DIGEST are kept with it.",
            "Example: ${ROOT-COMMAND-NAME} attest keygen attest.key",
            "         ${ROOT-COMMAND-NAME} attest --stack baselines/mine --key attest.key"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        modelTransformer = OnlyWithoutSubcommand.class,
        subcommands = AttestKeygenCommand.class)
final class AttestCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Mixin
    private AttestOptions attest = new AttestOptions();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "Attest again and again, such as every 1h, until it is ended.")
    private @Nullable String every;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!stack.areGiven()) {
            throw usage("Missing required option: '--stack=DIR'");
        }
        Optional<Duration> pause = Optional.ofNullable(every)
                .map(text -> TimeSpan.of(text)
                        .orElseThrow(() -> usage("--every is '" + text + "'; expected such as 90s, 15m, 24h or 7d")));
        RunRequest request = server.request(stack);
        return pause.isEmpty() ? once(request) : again(request, pause.get());
    }

    private int once(RunRequest request) {
        Workplace workplace = place.workplace(output.terminal());
        Attester.Settings settings =
                attest.settings(workplace, workplace.hashing(), new PackagedVersion().getVersion()[0]);
        Attestation attestation = Attesting.run(request, workplace, settings, attest.subject());
        Verification found = new Verification(attestation.checks(), Set.of());
        output.print(text(attestation, found), () -> json(attestation, found));
        return found.broken().isEmpty() ? ExitCode.OK : ExitCode.LOCK_BROKEN;
    }

    /** A server that is down for a while must not end it; the evidence of its last start counts no more by itself. */
    private int again(RunRequest request, Duration pause) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                once(request);
            } catch (LockstepException | UncheckedIOException e) {
                output.terminal().say(String.valueOf(e.getMessage()));
            }
            await(pause);
        }
        throw new CancellationException("interrupted");
    }

    private static void await(Duration pause) {
        try {
            boolean unused = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(Attestation attestation, Verification found) {
        String signed = attestation.key().isPresent()
                ? "signed with key " + attestation.key().get()
                : "not signed, so it counts for nobody; make a key with `lockstep attest keygen`, and name it with --key";
        return CheckTable.layers(
                        found, false, layer -> attestation.without().contains(layer) ? CheckTable.NONE : "not attested")
                + "\n" + CheckTable.conclusion(found) + "\nwritten to " + attest.file()
                + ", " + signed;
    }

    private ObjectNode json(Attestation attestation, Verification found) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("file", attest.file().toString());
        attestation.key().ifPresent(id -> node.put("key", id));
        ArrayNode broken = node.putArray("broken");
        found.broken().forEach(layer -> broken.add(layer.key()));
        return node;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
