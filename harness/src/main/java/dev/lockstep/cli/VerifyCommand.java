package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.LockedStack;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.report.AttributionJson;
import dev.lockstep.stack.ReplicaSetJson;
import dev.lockstep.stack.ReplicaState;
import dev.lockstep.stack.Standings;
import dev.lockstep.stack.Verification;
import java.util.ArrayList;
import java.util.List;
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
            "Exit codes: 0 it is, 2 it is not, 3 a layer of `floor` in stack.yaml could not be verified, evidence is refused, or"
                    + " it computes otherwise, 4 a server does not answer.",
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
    private TierOption tier = new TierOption();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "List every check, not only those that fail.")
    private boolean all;

    @Override
    public Integer call() {
        try (LockedStack locked =
                LockedStack.open(tier.over(evidence.over(server.request(stack))), place.workplace(output.terminal()))) {
            Verification verification = locked.verification();
            output.print(text(locked), () -> json(locked));
            if (!verification.broken().isEmpty()) {
                return ExitCode.LOCK_BROKEN;
            }
            if (!locked.replicas().silent().isEmpty()) {
                return ExitCode.UNREACHABLE;
            }
            boolean isSure =
                    verification.gaps().isEmpty() && verification.doubts().isEmpty();
            return isSure ? ExitCode.OK : ExitCode.UNVERIFIABLE;
        } catch (LockstepException e) {
            if (e.kind() == ErrorKind.ENDPOINT || e.kind() == ErrorKind.TIMEOUT) {
                output.terminal().say(e.getMessage());
                return ExitCode.UNREACHABLE;
            }
            throw e;
        }
    }

    private String text(LockedStack locked) {
        List<String> lines = new ArrayList<>();
        lines.add(CheckTable.layers(locked.verification(), all));
        lines.addAll(ReplicaLines.of(locked.replicas()));
        lines.add("lock                " + LockCoverage.of(locked.lock()));
        lines.add("read                " + ReadLine.of(locked));
        lines.add("verified            " + new Standings(locked.lock(), locked.verification()).coverage());
        lines.addAll(locked.replicas().notes());
        lines.add(conclusion(locked));
        locked.verification()
                .broken()
                .forEach(layer -> lines.addAll(locked.replicas().difference(layer)));
        CheckTable.attribution(locked.verification()).ifPresent(found -> lines.add(found.sentence()));
        return String.join("\n", lines);
    }

    private static String conclusion(LockedStack locked) {
        List<String> silent =
                locked.replicas().silent().stream().map(ReplicaState::name).toList();
        return locked.verification().broken().isEmpty() && !silent.isEmpty()
                ? "could not be verified, for they do not answer: " + String.join(", ", silent)
                : CheckTable.conclusion(locked.verification());
    }

    private static ObjectNode json(LockedStack locked) {
        Verification verification = locked.verification();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode broken = node.putArray("broken");
        verification.broken().forEach(layer -> broken.add(layer.key()));
        ArrayNode belowFloor = node.putArray("belowFloor");
        verification.belowFloor().forEach(layer -> belowFloor.add(layer.key()));
        ArrayNode refused = node.putArray("refusedEvidence");
        verification.refused().forEach(refused::add);
        ArrayNode taken = node.putArray("takenEvidence");
        verification.taken().forEach(taken::add);
        ArrayNode doubts = node.putArray("doubts");
        verification.doubts().forEach(doubts::add);
        CheckTable.attribution(verification).ifPresent(found -> node.set("attribution", AttributionJson.of(found)));
        node.set("read", ReadLine.json(locked));
        node.set("replicas", ReplicaSetJson.write(locked.replicas()));
        node.set("checks", CheckJson.write(verification.checks()));
        return node;
    }
}
