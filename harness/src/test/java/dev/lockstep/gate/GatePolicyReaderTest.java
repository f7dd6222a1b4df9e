package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatePolicyReaderTest {
    private static final Path BAD = Path.of("src/test/resources/bad/gate/many-mistakes.yaml");

    @TempDir
    Path folder;

    @Test
    void reads_every_field() throws IOException {
        assertThat(read("""
                schema: gate/1
                judging: equality
                alpha: 0.02
                score_margin: 0.1
                max_failed: 0.01
                min_compared: 0.5
                """)).isEqualTo(new GatePolicy(GatePolicy.Judging.EQUALITY, 0.02, 0.1, 0.01, 0.5));
    }

    @Test
    void takes_what_is_not_written_from_the_shipped_policy() throws IOException {
        assertThat(read("{schema: gate/1, alpha: 0.02}"))
                .isEqualTo(new GatePolicy(GatePolicy.Judging.CALIBRATED, 0.02, 0.05, 0, 0.8));
    }

    @Test
    void judges_by_the_shipped_policy_where_nobody_wrote_one() {
        assertThat(inForce()).isEqualTo(PolicyInForce.shipped());
        assertThat(inForce().file()).isEmpty();
    }

    @Test
    void never_takes_another_policy_for_the_one_that_was_named() {
        Path absent = folder.resolve("strict.yaml");

        assertThatThrownBy(() -> GatePolicyReader.read(absent))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(absent + ": there is no such file; check the path");
    }

    @Test
    void reads_what_stands_beside_the_baseline() throws IOException {
        Path file = Files.writeString(folder.resolve("gate.yaml"), "{schema: gate/1, score_margin: 2}");

        assertThatThrownBy(() -> inForce())
                .hasMessage(file + ":1:32: gate policy: 'score_margin' is 2.0; expected 0.001 to 1");
    }

    @Test
    void reports_all_mistakes_at_once_with_their_places() {
        assertThatThrownBy(() -> GatePolicyReader.read(BAD))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                BAD:1:9: gate policy: 'schema' must be gate/1, the only version there is
                BAD:2:10: gate policy: 'judging' is 'calibratd'; expected one of calibrated, equality
                BAD:3:8: gate policy: 'alpha' is 0.7; expected 0.0001 to 0.5
                BAD:4:15: gate policy: 'score_margin' is 0.0; expected 0.001 to 1
                BAD:5:13: gate policy: 'max_failed' needs a number, not "2 %"
                BAD:6:15: gate policy: 'min_compared' is 1.5; expected 0 to 1
                BAD:7:1: gate policy: unknown field 'retries'; known fields: alpha, judging, max_failed, min_compared, schema, score_margin
                7 problems""".replace("BAD", BAD.toString()));
    }

    @Test
    void takes_the_policy_beside_the_baseline_and_tells_its_name() throws IOException {
        GatePolicy policy = read("schema: gate/1\nalpha: 0.02\n");

        assertThat(inForce().values()).isEqualTo(policy);
        assertThat(inForce().file()).contains(Path.of("gate.yaml"));
        assertThat(inForce().named()).isEmpty();
    }

    @Test
    void takes_the_policy_that_somebody_named_and_tells_its_path() throws IOException {
        read("schema: gate/1\nalpha: 0.02\n");
        Path other = Files.writeString(folder.resolve("strict.yaml"), "schema: gate/1\nalpha: 0.1\n");

        PolicyInForce policy = GatePolicyReader.inForce(Optional.of(other), folder.resolve("gate.yaml"));

        assertThat(policy.values().alpha()).isEqualTo(0.1);
        assertThat(policy.file()).contains(other);
        assertThat(policy.named()).contains(other);
    }

    private PolicyInForce inForce() {
        return GatePolicyReader.inForce(Optional.empty(), folder.resolve("gate.yaml"));
    }

    private GatePolicy read(String yaml) throws IOException {
        return GatePolicyReader.read(Files.writeString(folder.resolve("gate.yaml"), yaml));
    }
}
