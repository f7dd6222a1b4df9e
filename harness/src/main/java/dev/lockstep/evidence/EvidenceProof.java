package dev.lockstep.evidence;

import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.ClaimedFiles;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.ShortValue;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.EvidenceRules.Digests.Form;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StartSigns;
import dev.lockstep.stack.Verification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Completes a verification by evidence from the host that serves the stack, and by digests that others made. */
public final class EvidenceProof {
    private final Lock lock;
    private final StackConfig config;
    private final EvidenceChecks checks;
    private final List<Check> proven = new ArrayList<>();
    private final TakenEvidence taken = new TakenEvidence();
    private final List<String> refused = new ArrayList<>();

    private EvidenceProof(Lock lock, StackConfig config) {
        this.lock = lock;
        this.config = config;
        this.checks = new EvidenceChecks(lock, config.policies());
    }

    /** Returns the verification with what evidence proves, or with why it is refused; asks for none where stack.yaml does not. */
    public static Verification complete(Verification seen, Lock lock, StackConfig config, LiveEndpoint endpoint) {
        return config.evidence().areEmpty()
                ? seen
                : complete(
                        seen,
                        lock,
                        config,
                        StartSigns.of(config, endpoint),
                        endpoint.clock().instant());
    }

    static Verification complete(Verification seen, Lock lock, StackConfig config, StartSigns answering, Instant now) {
        return new EvidenceProof(lock, config)
                .judge(new EvidenceJudge(config.evidence(), lock.id(), answering, now))
                .addDigests()
                .complete(seen);
    }

    private EvidenceProof judge(EvidenceJudge judge) {
        List<Judged> all = config.evidence().from().stream()
                .map(location -> judged(judge, location))
                .toList();
        boolean foreignCounts = all.stream().noneMatch(Judged::isBound);
        for (Judged each : all) {
            List<String> refusals = each.refusals(foreignCounts);
            refused.addAll(refusals);
            boolean isForeign = each.binding() instanceof Binding.Foreign;
            if (refusals.isEmpty() && !isForeign) {
                add(each.source(), checks.of(each));
                taken.leaveOpen(each.source(), checks.open(each.evidence().orElseThrow(), judge.answering()));
                addUnbound(each);
            }
        }
        return this;
    }

    private void add(String source, List<Check> found) {
        proven.addAll(found);
        taken.add(source, found);
    }

    private static Judged judged(EvidenceJudge judge, String location) {
        try {
            return judge.judge(location, EvidenceSource.text(location));
        } catch (LockstepException unreadable) {
            return Judged.unreadable(location, List.of(unreadable.getMessage()));
        }
    }

    /** Says with each field of the process why sound evidence does not prove it. */
    private void addUnbound(Judged judged) {
        if (!(judged.binding() instanceof Binding.Unbound(String why))) {
            return;
        }
        String note = judged.source() + " is sound, but cannot be tied to the process that answers: " + why;
        lock.layers()
                .forEach((layer, state) -> state.pinned()
                        .forEach((field, value) -> proven.add(new Check(
                                layer,
                                Check.Step.PROCESS,
                                field,
                                Check.Outcome.UNVERIFIABLE,
                                config.policies().of(layer, field).kind(),
                                ShortValue.of(value),
                                "",
                                note))));
    }

    private EvidenceProof addDigests() {
        for (EvidenceRules.Digests digests : config.evidence().digests()) {
            try {
                DigestList list = DigestList.read(digests).meant(digests);
                Optional<String> name = digests.path().isEmpty() || digests.form() == Form.OBJECT
                        ? file(digests.role()).map(file -> String.valueOf(file.getFileName()))
                        : Optional.of(digests.path());
                add(list.source(), checks.of(list, new ClaimedFiles.Claims(digests.role(), list.digests(), name)));
            } catch (LockstepException useless) {
                refused.add(useless.getMessage());
            }
        }
        return this;
    }

    private Optional<Path> file(String role) {
        return switch (role) {
            case "model" -> config.files().weights();
            case "projector" -> config.files().projector();
            default -> Optional.empty();
        };
    }

    private Verification complete(Verification seen) {
        List<Check> merged = new CompletedChecks(proven).with(seen.checks());
        return new Verification(merged, seen.floor(), refused, taken.words(merged));
    }
}
