package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.document.TimeSpan;
import dev.lockstep.lock.LockId;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.StartSigns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether evidence counts: signed by a trusted key, about this lock, neither old nor of the future, and of the process
 * that answers. Everything that is wrong with it is told.
 *
 * @param answering the signs of the start that answers now
 */
record EvidenceJudge(EvidenceRules rules, LockId lock, StartSigns answering, Instant now) {
    /** How far two clocks may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final int BRIEF = 8;

    Judged judge(String location, String text) {
        Problems problems = new Problems();
        // The text may come from a URL; its name only says where a problem stands.
        Path name = Path.of(location.endsWith(".json") ? location : location + ".json");
        Optional<SignedText> read =
                DocumentReader.read(name, text, problems).map(document -> SignedText.read(document, problems));
        return read.isPresent() && problems.isEmpty()
                ? judge(location, text, read.get())
                : Judged.unreadable(
                        location,
                        problems.list().stream().map(Problem::toString).toList());
    }

    private Judged judge(String location, String text, SignedText read) {
        List<String> wrong = new ArrayList<>();
        spelling(text, read.whole()).ifPresent(wrong::add);
        signature(read).ifPresent(wrong::add);
        wrong.addAll(about(read.evidence()));
        return new Judged(
                location,
                Optional.of(read.evidence()),
                Binding.of(read.evidence(), answering),
                brief(read.key()),
                wrong.stream().map(what -> location + ": " + what).toList());
    }

    private static Optional<String> spelling(String text, JsonNode json) {
        return text.stripTrailing().equals(CanonicalJson.compact(json))
                ? Optional.empty()
                : Optional.of(
                        "is not canonical JSON in one line (sorted keys, no blanks), so nobody can tell which bytes were"
                                + " signed; write it as docs/evidence.md says");
    }

    private Optional<String> signature(SignedText read) {
        if (read.signature().isEmpty()) {
            return Optional.of("is not signed, so anybody may have written it; sign it: `lockstep attest --key`");
        }
        Optional<EvidenceKey> trusted = rules.keys().stream()
                .map(EvidenceKey::of)
                .filter(each -> each.id().equals(read.key()))
                .findFirst();
        if (trusted.isEmpty()) {
            return Optional.of("is signed with key " + brief(read.key())
                    + ", which is none of evidence.keys in stack.yaml; if it may be trusted, add it there");
        }
        return trusted.get().signed(SignedText.signed(read.content()), bytes(read.signature()))
                ? Optional.empty()
                : Optional.of("was changed after key " + brief(read.key())
                        + " signed it: the signature does not fit; find out who did, and attest again");
    }

    private List<String> about(Evidence evidence) {
        return Stream.of(
                        otherLock(evidence),
                        future(evidence),
                        stale(evidence),
                        beforeItsProcess(evidence),
                        earlier(evidence))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> otherLock(Evidence evidence) {
        return evidence.lockId().equals(lock.value())
                ? Optional.empty()
                : Optional.of(
                        "is about lock " + brief(evidence.lockId(), lock.brief().length()) + ", and this is "
                                + lock.brief() + "; attest again with this lock");
    }

    private Optional<String> future(Evidence evidence) {
        return evidence.at().isAfter(now.plus(CLOCK_SKEW))
                ? Optional.of(
                        "was made at " + evidence.at() + ", in the future (now is " + now + "); set the clocks right")
                : Optional.empty();
    }

    private Optional<String> stale(Evidence evidence) {
        Duration age = Duration.between(evidence.at(), now);
        return age.compareTo(rules.maxAge()) > 0
                ? Optional.of("was made at " + evidence.at() + ", " + TimeSpan.text(age) + " ago, and may be "
                        + TimeSpan.text(rules.maxAge()) + " old (max_age); attest again")
                : Optional.empty();
    }

    private static Optional<String> beforeItsProcess(Evidence evidence) {
        return evidence.process()
                .filter(process -> isBefore(evidence, process.started()))
                .map(process -> "was made at " + evidence.at() + ", before its process was started ("
                        + process.started() + "); attest again");
    }

    private Optional<String> earlier(Evidence evidence) {
        return answering
                .process()
                .filter(process -> evidence.process().isPresent() && isBefore(evidence, process.started()))
                .map(process -> "was made at " + evidence.at() + ", before the process that answers was started ("
                        + process.started() + "); attest again");
    }

    /** Evidence tells its time in whole seconds. */
    private static boolean isBefore(Evidence evidence, Instant started) {
        return started.truncatedTo(ChronoUnit.SECONDS).isAfter(evidence.at());
    }

    /** What is no base64 fits no bytes. */
    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String brief(String key) {
        return brief(key, BRIEF);
    }

    private static String brief(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
