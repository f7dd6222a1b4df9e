package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.LockedStack;
import dev.lockstep.lock.Check;
import dev.lockstep.stack.Verification;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells whether the stack that answers now is the locked one. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Say whether the stack that answers now is the locked one: compares files, process, server and rendered prompts "
                        + "with the lock, layer by layer; asks no suite.",
        footer = {
            "",
            "Exit codes: 0 it is, 2 it is not, 3 a layer of `floor` in stack.yaml could not be verified, or evidence is refused,"
                    + " 4 nothing answers.",
            "Example: ${ROOT-COMMAND-NAME} verify --stack baselines/tiny-qwen3-vl",
            "         ${ROOT-COMMAND-NAME} verify --stack baselines/mine --evidence e.json"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private EvidenceOptions evidence = new EvidenceOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "List every check, not only those that fail.")
    private boolean all;

    @Override
    public Integer call() {
        try (LockedStack locked =
                LockedStack.open(evidence.over(server.request(stack)), place.workplace(output.terminal()::say))) {
            Verification verification = locked.verification();
            output.print(CheckTable.text(verification, all), () -> json(verification));
            if (!verification.broken().isEmpty()) {
                return ExitCode.LOCK_BROKEN;
            }
            return verification.gaps().isEmpty() ? ExitCode.OK : ExitCode.UNVERIFIABLE;
        } catch (LockstepException e) {
            if (e.kind() == ErrorKind.ENDPOINT || e.kind() == ErrorKind.TIMEOUT) {
                output.terminal().say(e.getMessage());
                return ExitCode.UNREACHABLE;
            }
            throw e;
        }
    }

    private static ObjectNode json(Verification verification) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode broken = node.putArray("broken");
        verification.broken().forEach(layer -> broken.add(layer.key()));
        ArrayNode belowFloor = node.putArray("belowFloor");
        verification.belowFloor().forEach(layer -> belowFloor.add(layer.key()));
        ArrayNode refused = node.putArray("refusedEvidence");
        verification.refused().forEach(refused::add);
        ArrayNode checks = node.putArray("checks");
        for (Check check : verification.checks()) {
            checks.addObject()
                    .put("layer", check.layer().key())
                    .put("step", check.step().name())
                    .put("field", check.field())
                    .put("outcome", check.outcome().name())
                    .put("policy", check.policy().name())
                    .put("expected", check.expected())
                    .put("actual", check.actual())
                    .put("note", check.note());
        }
        return node;
    }
}
