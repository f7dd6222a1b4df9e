package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Check.Outcome;
import dev.lockstep.lock.Check.Step;
import dev.lockstep.lock.Layer;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.stack.StartSigns;
import dev.lockstep.stack.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification without any sight of disk and process becomes by evidence. */
final class EvidenceProofTest {
    private static final String MATCH = "";
    private static final String START = "2026-11-22T07:59:58Z";

    @TempDir
    Path folder;

    private StartSigns answering = Sample.showing("marker:abc");
    private String policies = "";
    private Path evidence;

    @BeforeEach
    void name() {
        evidence = folder.resolve("e.json");
    }

    @Test
    void proves_the_layers_of_the_process_that_answers() throws IOException {
        Verification proven = verify(Sample.evidence(both(Outcome.MATCH, MATCH)));

        assertThat(proven.isProven(Layer.WEIGHTS)).isTrue();
        assertThat(proven.isProven(Layer.TEMPLATE)).isFalse();
        assertThat(proven.refused()).isEmpty();
        assertThat(proven.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS)
                .allSatisfy(check -> assertThat(check.note())
                        .isEqualTo("by evidence " + evidence + " of 2026-11-22T10:00:00Z, key "
                                + Sample.KEY.id().substring(0, 8)
                                + "…, test, full; its endpoint shows marker:abc"));
    }

    @Test
    void breaks_the_lock_where_the_evidence_differs() throws IOException {
        Verification proven = verify(Sample.evidence(both(Outcome.MISMATCH, "sha256:dddddddd…")));

        assertThat(proven.broken()).containsExactly(Layer.WEIGHTS);
        assertThat(proven.breaking(Layer.WEIGHTS))
                .extracting(Check::step, Check::values)
                .containsExactly(
                        tuple(Step.DISK, "locked sha256:bbbbbbbb…, found sha256:dddddddd…"),
                        tuple(Step.PROCESS, "locked sha256:bbbbbbbb…, found sha256:dddddddd…"));
    }

    @Test
    void proves_a_disk_alone_where_nobody_can_tell_which_process_answers() throws IOException {
        answering = Sample.nothing();

        Verification proven = verify(Sample.evidence(both(Outcome.MATCH, MATCH)));

        assertThat(proven.refused()).isEmpty();
        assertThat(proven.isProven(Layer.WEIGHTS)).isFalse();
        assertThat(proven.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS)
                .extracting(Check::step, Check::outcome)
                .containsExactly(tuple(Step.DISK, Outcome.MATCH), tuple(Step.PROCESS, Outcome.UNVERIFIABLE));
        assertThat(proven.checks())
                .filteredOn(check -> check.step() == Step.PROCESS)
                .first()
                .extracting(Check::note)
                .asString()
                .contains("is sound, but cannot be tied to the process that answers: the endpoint shows nothing");
    }

    @Test
    void refuses_what_does_not_count_and_proves_nothing_by_it() throws IOException {
        answering = Sample.showing("marker:def");

        Verification seen = verify(Sample.evidence(both(Outcome.MATCH, MATCH)));

        assertThat(seen.refused()).singleElement().asString().contains("is about another start of the server");
        assertThat(seen.gaps()).anyMatch(why -> why.startsWith("evidence is refused: "));
        assertThat(seen.checks()).isEqualTo(unseen().checks());
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        Verification seen = EvidenceProof.complete(
                unseen(), Sample.lock(), config(Sample.rules(evidence.toString())), answering, Sample.NOW);

        assertThat(seen.refused()).containsExactly(evidence + ": there is no such file; check the path");
    }

    @Test
    void of_several_replicas_the_one_that_answers_counts() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.json"),
                SignedText.of(
                        Sample.of(
                                Sample.MADE,
                                Sample.lock().id().value(),
                                Optional.of(new Evidence.Served(
                                        8,
                                        800,
                                        Sample.STARTED,
                                        "other",
                                        Optional.of("marker:xyz"),
                                        Optional.empty(),
                                        new TreeMap<>())),
                                List.of(both(Outcome.MISMATCH, "x"))),
                        Optional.of(Sample.KEY)));
        write(Sample.evidence(both(Outcome.MATCH, MATCH)));

        Verification proven = EvidenceProof.complete(
                unseen(),
                Sample.lock(),
                config(Sample.rules(other.toString(), evidence.toString())),
                answering,
                Sample.NOW);

        assertThat(proven.refused()).isEmpty();
        assertThat(proven.broken()).isEmpty();
        assertThat(proven.isProven(Layer.WEIGHTS)).isTrue();
    }

    @Test
    void a_difference_on_the_serving_host_is_not_covered_by_a_match_here() throws IOException {
        write(Sample.evidence(Sample.result(Step.DISK, Outcome.MISMATCH, "x")));
        List<Check> here = List.of(check(Step.DISK, Outcome.MATCH));

        Verification proven = EvidenceProof.complete(
                new Verification(here, Set.of()),
                Sample.lock(),
                config(Sample.rules(evidence.toString())),
                answering,
                Sample.NOW);

        assertThat(proven.broken()).containsExactly(Layer.WEIGHTS);
    }

    @Test
    void the_policies_of_whoever_verifies_decide() throws IOException {
        policies = "policies: {engine.version: {oneOf: [\"1.1\"]}}";
        Evidence other = Sample.evidence(
                new Evidence.Result(Layer.ENGINE, Step.PROCESS, "version", Outcome.MISMATCH, "1.1", ""),
                new Evidence.Result(Layer.TEMPLATE, Step.PROCESS, "model.invented", Outcome.MATCH, "", ""));

        Verification proven = verify(other);

        assertThat(proven.broken()).isEmpty();
        assertThat(proven.stratum()).isEqualTo("engine.version=1.1");
        assertThat(proven.checks()).noneMatch(check -> check.field().equals("model.invented"));
    }

    @Test
    void compares_the_digest_of_the_image() throws IOException {
        Evidence other =
                in(new Container(Optional.of("uid"), Optional.empty(), Optional.of("sha256:" + "f".repeat(64))));

        assertThat(verify(other).breaking(Layer.ENGINE))
                .extracting(Check::field, Check::values)
                .containsExactly(tuple("image.digest", "locked sha256:aaaaaaaa…, found sha256:ffffffff…"));
    }

    @Test
    void digests_of_whole_files_prove_what_was_read_from_them() throws IOException {
        Verification proven =
                verify(withFile("a", Sample.STARTED.minusSeconds(60).getEpochSecond()));

        assertThat(proven.isProven(Layer.WEIGHTS)).isTrue();
        assertThat(proven.isProven(Layer.TEMPLATE)).isTrue();
        assertThat(proven.isProven(Layer.ENGINE)).isFalse();
        assertThat(proven.broken()).isEmpty();
    }

    @Test
    void another_digest_breaks_all_layers_of_the_file() throws IOException {
        Verification proven =
                verify(withFile("d", Sample.STARTED.minusSeconds(60).getEpochSecond()));

        assertThat(proven.broken()).containsExactly(Layer.WEIGHTS, Layer.TEMPLATE);
    }

    @Test
    void a_file_that_changed_after_the_start_proves_a_disk_alone() throws IOException {
        Verification proven = verify(withFile("a", Sample.STARTED.getEpochSecond()));

        assertThat(proven.isProven(Layer.WEIGHTS)).isFalse();
        assertThat(proven.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS && check.step() == Step.PROCESS)
                .singleElement()
                .extracting(Check::note)
                .asString()
                .startsWith("its file changed after the process started; restart the server; by evidence ");
    }

    @Test
    void of_a_pod_that_does_not_answer_it_proves_nothing() throws IOException {
        answering = Sample.pod("uid-1", START);

        Verification seen = verify(in(new Container(Optional.of("uid-2"), Optional.of(START), Optional.empty())));

        assertThat(seen.refused())
                .containsExactly(evidence
                        + ": is about another start of the server: it is of pod uid-2, and pod uid-1 answers; attest again"
                        + " beside the process that answers");
        assertThat(seen.isProven(Layer.WEIGHTS)).isFalse();
    }

    @Test
    void of_the_pod_that_answers_it_proves_the_process() throws IOException {
        answering = Sample.pod("uid-1", START);

        Verification proven = verify(in(new Container(Optional.of("uid-1"), Optional.of(START), Optional.empty())));

        assertThat(proven.isProven(Layer.WEIGHTS)).isTrue();
        assertThat(proven.taken())
                .singleElement()
                .asString()
                .endsWith("full; it is of pod uid-1, whose container was started at " + START
                        + ": taken for 2 of its 2 checks");
    }

    @Test
    void says_what_of_the_container_nobody_can_compare() throws IOException {
        Verification proven = verify(in(new Container(Optional.of("uid-1"), Optional.empty(), Optional.empty())));

        assertThat(proven.taken())
                .singleElement()
                .asString()
                .endsWith(
                        ": taken for 2 of its 2 checks; pod uid-1 is not compared, because nobody says which pod answers"
                                + " (endpoint.replicas or launch from a saved pod would)");
    }

    @Test
    void says_that_it_is_not_needed_where_the_same_was_seen_here() throws IOException {
        write(Sample.evidence(both(Outcome.MATCH, MATCH)));
        List<Check> here = List.of(check(Step.DISK, Outcome.MATCH), check(Step.PROCESS, Outcome.MATCH));

        Verification seen = EvidenceProof.complete(
                new Verification(here, Set.of()),
                Sample.lock(),
                config(Sample.rules(evidence.toString())),
                answering,
                Sample.NOW);

        assertThat(seen.checks()).isEqualTo(here);
        assertThat(seen.taken())
                .singleElement()
                .asString()
                .endsWith("its endpoint shows marker:abc: not needed, for what it tells was seen here, too");
    }

    @Test
    void samples_prove_less_than_the_whole() throws IOException {
        Evidence base = Sample.evidence(both(Outcome.MATCH, MATCH));

        Verification seen = verify(new Evidence(
                base.at(),
                base.by(),
                base.lockId(),
                base.model(),
                "sampled",
                new TreeMap<>(Map.of("model", "sampled: 3 of 10 chunks")),
                base.process(),
                base.container(),
                base.results(),
                base.files()));

        assertThat(seen.isProven(Layer.WEIGHTS)).isFalse();
        assertThat(seen.belowFloor()).containsExactly(Layer.WEIGHTS);
        assertThat(seen.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS)
                .extracting(Check::step, Check::outcome)
                .containsExactly(tuple(Step.DISK, Outcome.MATCH), tuple(Step.PROCESS, Outcome.UNVERIFIABLE));
        assertThat(seen.checks())
                .filteredOn(check -> check.layer() == Layer.WEIGHTS && check.step() == Step.PROCESS)
                .singleElement()
                .extracting(Check::note)
                .asString()
                .startsWith(
                        "what was read matches, but the tier is sampled, and an edit of a few tensors may lie in the rest;"
                                + " attest with --tier full or cached; by evidence ");
    }

    @Test
    void samples_that_differ_break_the_lock_all_the_same() throws IOException {
        Evidence base = Sample.evidence(both(Outcome.MISMATCH, "x"));

        Verification seen = verify(new Evidence(
                base.at(),
                base.by(),
                base.lockId(),
                base.model(),
                "sampled",
                base.coverage(),
                base.process(),
                base.container(),
                base.results(),
                base.files()));

        assertThat(seen.broken()).containsExactly(Layer.WEIGHTS);
    }

    @Test
    void a_list_of_another_model_proves_nothing_by_the_same_digest() throws IOException {
        Path list = Files.writeString(
                folder.resolve("SHA256SUMS"), "a".repeat(64) + "  other.gguf\n" + "d".repeat(64) + "  third.gguf\n");
        EvidenceRules rules = new EvidenceRules(
                List.of(),
                EvidenceRules.SHIPPED_MAX_AGE,
                List.of(),
                List.of(new EvidenceRules.Digests(EvidenceRules.Digests.Form.SHA256SUMS, list, "us", "model", "", "")));
        policies = "files: {weights: m.gguf}";

        Verification seen = EvidenceProof.complete(unseen(), Sample.lock(), config(rules), answering, Sample.NOW);

        assertThat(seen.checks())
                .filteredOn(check -> check.step() == Step.DISK && check.layer() == Layer.WEIGHTS)
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(Outcome.UNVERIFIABLE))
                .extracting(Check::note)
                .isEqualTo(
                        "the locked digest is listed as 'other.gguf', but the file is called 'm.gguf'; name the one that"
                                + " is meant with 'path'; by digest by us (SHA256SUMS)");
        assertThat(seen.taken()).containsExactly("digest by us (SHA256SUMS): tells nothing of what the lock holds");
    }

    /** Evidence of a process that shows nothing else of its start. */
    private Evidence in(Container container) {
        Evidence base = Sample.evidence(both(Outcome.MATCH, MATCH));
        return new Evidence(
                base.at(),
                base.by(),
                base.lockId(),
                base.model(),
                base.tier(),
                base.coverage(),
                base.process(),
                container,
                base.results(),
                base.files());
    }

    private static Evidence withFile(String digit, long changed) {
        Evidence base = Sample.evidence();
        return new Evidence(
                base.at(),
                base.by(),
                base.lockId(),
                base.model(),
                base.tier(),
                base.coverage(),
                base.process(),
                base.container(),
                List.of(),
                List.of(new Evidence.FileClaim("model", "m.gguf", digit.repeat(64), changed)));
    }

    private static Evidence.Result[] both(Outcome outcome, String found) {
        return new Evidence.Result[] {
            Sample.result(Step.DISK, outcome, found), Sample.result(Step.PROCESS, outcome, found)
        };
    }

    private Verification verify(Evidence content) throws IOException {
        write(content);
        return EvidenceProof.complete(
                unseen(), Sample.lock(), config(Sample.rules(evidence.toString())), answering, Sample.NOW);
    }

    private void write(Evidence content) throws IOException {
        Files.writeString(evidence, SignedText.of(content, Optional.of(Sample.KEY)));
    }

    /** What another machine sees: nothing of disk and process. */
    private static Verification unseen() {
        List<Check> checks = new ArrayList<>();
        checks.add(check(Step.DISK, Outcome.UNVERIFIABLE));
        Sample.lock()
                .layers()
                .forEach((layer, state) -> state.pinned()
                        .keySet()
                        .forEach(field -> checks.add(new Check(
                                layer,
                                Step.PROCESS,
                                field,
                                Outcome.UNVERIFIABLE,
                                policy(layer),
                                "x",
                                "",
                                "another machine"))));
        return new Verification(checks, Set.of(Layer.WEIGHTS));
    }

    private static Check.Policy policy(Layer layer) {
        return layer == Layer.PROVENANCE ? Check.Policy.WARN : Check.Policy.PIN;
    }

    private static Check check(Step step, Outcome outcome) {
        return new Check(Layer.WEIGHTS, step, "model.tensors", outcome, Check.Policy.PIN, "x", "", "");
    }

    private StackConfig config(EvidenceRules rules) {
        try {
            Path file = Files.writeString(folder.resolve("stack.yaml"), """
                    schema: stack/1
                    name: tiny
                    engine: llama.cpp
                    model: tiny
                    endpoint: {url: "http://127.0.0.1:1"}
                    """ + policies);
            return StackConfigReader.read(file).withEvidence(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
