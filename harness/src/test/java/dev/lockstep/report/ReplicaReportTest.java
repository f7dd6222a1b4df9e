package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What reports show of the servers behind an endpoint. */
final class ReplicaReportTest {
    private static final LockCoverage COVERAGE = new LockCoverage(41, 0, 12, 6);
    private static final ReplicaSet SET = new ReplicaSet(
            ReplicaSet.Known.LISTED,
            List.of(
                    state("10.0.0.7:8000", "", Map.of()),
                    state("10.0.0.8:8000", "", Map.of(Layer.TEMPLATE, Check.Step.RENDER)),
                    state("10.0.0.9:8000", "http://10.0.0.9:8000/v1/models: does not answer", Map.of())));
    private static final RunResult RESULT = Night.seeing(
            Night.lockBroken().result(),
            new RunResult.Sight(Optional.of(COVERAGE), Optional.of(SET), new TreeMap<>(Map.of("10.0.0.7:8000", 12))));

    @Test
    void the_summary_has_a_row_for_each() {
        assertThat(MarkdownSummary.text(RESULT))
                .contains("(pinned 41 · observed 12 · unknown 6), profile")
                .contains("""
                ### Replicas

                | Replica | Address | State | Verified as | Samples |
                | --- | --- | --- | --- | --- |
                | 10.0.0.7:8000 | `http://10.0.0.7:8000` | match | the locked stack, as far as it can be seen | 12 |
                | 10.0.0.8:8000 | `http://10.0.0.8:8000` | **moved** | not the locked stack: template | – |
                | 10.0.0.9:8000 | `http://10.0.0.9:8000` | **silent** | http://10.0.0.9:8000/v1/models: does not answer | – |
                """);
    }

    @Test
    void the_page_has_a_table_and_the_coverage() {
        String html = DriftReport.html(RESULT, List.of(), List.of(), List.of());

        assertThat(html)
                .contains("<h2 id=\"replicas\">Replicas</h2>")
                .contains("not the locked stack: template")
                .contains("pinned 41 · observed 12 · unknown 6");
    }

    @Test
    void the_verdict_file_holds_them() {
        JsonNode node = VerdictJson.node(RESULT);

        assertThat(node.path("fields")).hasToString("{\"pinned\":41,\"declared\":0,\"observed\":12,\"unknown\":6}");
        assertThat(node.path("replicas").path("known").asText()).isEqualTo("LISTED");
        assertThat(node.path("replicas").path("answered")).hasToString("{\"10.0.0.7:8000\":12}");
        assertThat(node.path("replicas").path("servers").path(1))
                .hasToString(
                        "{\"name\":\"10.0.0.8:8000\",\"url\":\"http://10.0.0.8:8000\",\"silence\":\"\",\"broken\":{\"template\":\"RENDER\"}}");
    }

    @Test
    void one_server_has_no_table() {
        ReplicaSet one =
                new ReplicaSet(ReplicaSet.Known.ONE, List.of(SET.states().getFirst()));
        RunResult result =
                Night.seeing(RESULT, new RunResult.Sight(Optional.empty(), Optional.of(one), new TreeMap<>()));

        assertThat(MarkdownSummary.text(result)).doesNotContain("Replica");
        assertThat(DriftReport.html(result, List.of(), List.of(), List.of())).doesNotContain("id=\"replicas\"");
    }

    private static ReplicaState state(String name, String silence, Map<Layer, Check.Step> broken) {
        return new ReplicaState(name, URI.create("http://" + name), silence, new TreeMap<>(broken));
    }
}
