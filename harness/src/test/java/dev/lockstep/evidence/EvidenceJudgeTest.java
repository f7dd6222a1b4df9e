package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.StartSigns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each way in which evidence does not count has its own message. */
final class EvidenceJudgeTest {
    private static final StartSigns ANSWERING = Sample.showing("marker:abc");
    private static final String KEY_NAME = Sample.KEY.id().substring(0, 8) + "…";

    @Test
    void sound_evidence_of_the_start_that_answers_counts() {
        Judged judged = judge(Sample.evidence());

        assertThat(judged.refusals(true)).isEmpty();
        assertThat(judged.isBound()).isTrue();
        assertThat(judged.source())
                .isEqualTo("evidence e.json of 2026-11-22T10:00:00Z, key " + KEY_NAME
                        + ", test, full; its endpoint shows marker:abc");
    }

    @Test
    void what_was_written_is_read_again() {
        Evidence evidence = Sample.evidence(
                Sample.result(Check.Step.DISK, Check.Outcome.MATCH, ""),
                Sample.result(Check.Step.PROCESS, Check.Outcome.MISMATCH, "sha256:dddddddd…"));

        assertThat(judge(evidence).evidence()).contains(evidence);
    }

    @Test
    void unsigned_evidence_is_refused() {
        assertThat(refusals(SignedText.of(Sample.evidence(), Optional.empty())))
                .containsExactly(
                        "e.json: is not signed, so anybody may have written it; sign it: `lockstep attest --key`");
    }

    @Test
    void evidence_of_an_unknown_key_is_refused() {
        SigningKey other = SigningKey.generate();

        assertThat(refusals(SignedText.of(Sample.evidence(), Optional.of(other))))
                .containsExactly("e.json: is signed with key " + other.id().substring(0, 8)
                        + "…, which is none of evidence.keys in stack.yaml; if it may be trusted, add it there");
    }

    @Test
    void tampered_evidence_is_refused() {
        String text = signed(Sample.evidence(Sample.result(Check.Step.DISK, Check.Outcome.UNVERIFIABLE, "")));

        assertThat(refusals(text.replace("UNVERIFIABLE", "MATCH")))
                .containsExactly("e.json: was changed after key " + KEY_NAME
                        + " signed it: the signature does not fit; find out who did, and attest again");
    }

    @Test
    void a_signature_that_is_none_is_refused_alike() {
        String text = signed(Sample.evidence()).replaceFirst("\"value\":\"[^\"]*\"", "\"value\":\"?\"");

        assertThat(refusals(text)).singleElement().asString().contains("the signature does not fit");
    }

    @Test
    void another_spelling_is_refused() {
        assertThat(refusals(signed(Sample.evidence()).replace("\"tier\":", "\"tier\": ")))
                .containsExactly(
                        "e.json: is not canonical JSON in one line (sorted keys, no blanks), so nobody can tell which"
                                + " bytes were signed; write it as docs/evidence.md says");
    }

    @Test
    void evidence_of_another_lock_is_refused() {
        String other = "lk1-" + "e".repeat(64);

        assertThat(refusals(signed(Sample.of(Sample.MADE, other, Optional.of(Sample.served()), List.of()))))
                .containsExactly("e.json: is about lock lk1-eeeeeeeeeeee…, and this is "
                        + Sample.lock().id().brief() + "; attest again with this lock");
    }

    @Test
    void stale_evidence_is_refused() {
        assertThat(refusals(at(Sample.NOW.minus(Duration.ofHours(24)).minusSeconds(1))))
                .contains(
                        "e.json: was made at 2026-11-21T11:59:59Z, 86401s ago, and may be 24h old (max_age); attest again");
        assertThat(refusals(at(Sample.NOW.minus(Duration.ofHours(24))))).noneMatch(why -> why.contains("max_age"));
    }

    @Test
    void evidence_from_the_future_is_refused_beyond_a_minute() {
        assertThat(refusals(at(Sample.NOW.plusSeconds(61))))
                .containsExactly(
                        "e.json: was made at 2026-11-22T12:01:01Z, in the future (now is 2026-11-22T12:00:00Z);"
                                + " set the clocks right");
        assertThat(refusals(at(Sample.NOW.plusSeconds(60)))).isEmpty();
    }

    @Test
    void evidence_that_is_older_than_its_own_process_is_refused() {
        assertThat(refusals(at(Sample.STARTED.minusSeconds(1))))
                .containsExactly("e.json: was made at 2026-11-22T07:59:59Z, before its process was started"
                        + " (2026-11-22T08:00:00Z); attest again");
    }

    @Test
    void evidence_of_another_start_is_refused() {
        assertThat(refusals(signed(Sample.evidence()), Sample.showing("marker:def")))
                .containsExactly(
                        "e.json: is about another start of the server: its endpoint shows marker:abc, that of the"
                                + " server that answers is marker:def; attest again beside the process that answers");
    }

    @Test
    void a_local_process_is_known_by_number_start_and_boot() {
        assertThat(refusals(signed(Sample.evidence()), Sample.local(7, Sample.STARTED)))
                .isEmpty();
        assertThat(refusals(signed(Sample.evidence()), Sample.local(8, Sample.STARTED)))
                .containsExactly("e.json: is about another start of the server: it is process 7:700, and 8:700 answers,"
                        + " started 2026-11-22T08:00:00Z; attest again beside the process that answers");
    }

    @Test
    void evidence_that_is_older_than_the_process_that_answers_is_refused() {
        assertThat(refusals(signed(Sample.evidence()), Sample.local(8, Sample.MADE.plusSeconds(5))))
                .contains("e.json: was made at 2026-11-22T10:00:00Z, before the process that answers was started"
                        + " (2026-11-22T10:00:05Z); attest again");
    }

    @Test
    void the_operators_word_names_a_start_that_shows_nothing() {
        assertThat(judge(signed(Sample.evidence()), Sample.named("monday")).isBound())
                .isTrue();
        assertThat(refusals(signed(Sample.evidence()), Sample.named("tuesday")))
                .singleElement()
                .asString()
                .contains("its operator calls it monday, that of the server that answers is tuesday");
    }

    @Test
    void a_start_that_nobody_can_tell_is_a_state_of_its_own() {
        Judged judged = judge(signed(Sample.evidence()), Sample.nothing());

        assertThat(judged.refusals(true)).isEmpty();
        assertThat(judged.isBound()).isFalse();
        assertThat(judged.binding())
                .isEqualTo(new Binding.Unbound(
                        "the endpoint shows nothing of the process that answers, and nobody named its"
                                + " start (--epoch, for attest and verify alike)"));
    }

    @Test
    void evidence_of_a_disk_alone_is_of_no_process() {
        Evidence disk = Sample.of(Sample.MADE, Sample.lock().id().value(), Optional.empty(), List.of());

        assertThat(judge(disk).binding()).isEqualTo(new Binding.Unbound("it is about a disk alone, without a process"));
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        Evidence evidence =
                Sample.of(Sample.NOW.minus(Duration.ofDays(2)), "lk1-other", Optional.of(Sample.served()), List.of());

        assertThat(refusals(SignedText.of(evidence, Optional.empty()), Sample.showing("marker:def")))
                .hasSize(5)
                .anyMatch(why -> why.contains("not signed"))
                .anyMatch(why -> why.contains("lock lk1-other"))
                .anyMatch(why -> why.contains("48h ago"))
                .anyMatch(why -> why.contains("before its process"))
                .anyMatch(why -> why.contains("another start"));
    }

    @Test
    void what_is_no_evidence_is_told_with_its_places() {
        assertThat(refusals("{\"evidence\":{\"type\":\"x/9\",\"by\":1},\"extra\":2}\n"))
                .contains(
                        "e.json:1:21: the evidence: 'type' is 'x/9'; this version reads lockstep-evidence/1",
                        "e.json:1:13: the evidence needs 'lock'; write the id of the lock, lk1-…")
                .anyMatch(why -> why.contains("'by' needs text"))
                .anyMatch(why -> why.contains("unknown field 'extra'"));
        assertThat(refusals("hello")).singleElement().asString().startsWith("e.json:1:1: is not valid JSON");
        assertThat(refusals("")).containsExactly("e.json:1:1: the file is empty");
    }

    private static String at(Instant time) {
        return signed(Sample.of(time, Sample.lock().id().value(), Optional.of(Sample.served()), List.of()));
    }

    private static String signed(Evidence evidence) {
        return SignedText.of(evidence, Optional.of(Sample.KEY));
    }

    private static Judged judge(Evidence evidence) {
        return judge(signed(evidence), ANSWERING);
    }

    private static Judged judge(String text, StartSigns answering) {
        EvidenceRules rules = Sample.rules();
        return new EvidenceJudge(rules, Sample.lock().id(), answering, Sample.NOW).judge("e.json", text);
    }

    private static List<String> refusals(String text) {
        return refusals(text, ANSWERING);
    }

    private static List<String> refusals(String text, StartSigns answering) {
        return judge(text, answering).refusals(true);
    }
}
