package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import dev.lockstep.run.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
                profile: smoke
                judging: equality
                levels: {screen: 0.1, confirm: 0.01}
                weights: {L1: 0.4, L2: 0.3, L3: 0.2, L4: 0.1}
                margins: {scores: 0.1, divergence: 0.5, length: 0.25}
                reach: {L1: 0.02, L2: 0.001, L3: 0.05}
                tiers:
                  critical: [ocr]
                  supporting: [tools, video]
                  advisory: [jokes]
                max_failed: 0.01
                min_compared: 0.5
                waivers:
                  - {name: L2, reason: "new driver, ticket 7", expires: "2027-01-31"}
                """))
                .isEqualTo(new GatePolicy(
                        Profile.SMOKE,
                        GatePolicy.Judging.EQUALITY,
                        new GatePolicy.Levels(.1, .01),
                        new TreeMap<>(Map.of("L1", .4, "L2", .3, "L3", .2, "L4", .1)),
                        new GatePolicy.Margins(.1, .5, .25),
                        new TreeMap<>(Map.of("L1", .02, "L2", .001, "L3", .05)),
                        new Tiers(List.of("ocr"), List.of("tools", "video"), List.of("jokes")),
                        .01,
                        .5,
                        List.of(new GatePolicy.Waiver("L2", "new driver, ticket 7", LocalDate.of(2027, 1, 31)))));
    }

    @Test
    void takes_what_is_not_written_from_the_shipped_policy() throws IOException {
        GatePolicy shipped = GatePolicy.defaults();

        assertThat(read("{schema: gate/1, levels: {confirm: 0.01}, weights: {L3: 0.1}}"))
                .isEqualTo(new GatePolicy(
                        Profile.NIGHTLY,
                        shipped.judging(),
                        new GatePolicy.Levels(.05, .01),
                        new TreeMap<>(Map.of("L1", .25, "L2", .25, "L3", .1, "L4", .3)),
                        new GatePolicy.Margins(.02, 1e-4, .05),
                        new TreeMap<>(Map.of("L1", .9, "L2", .2, "L3", .2)),
                        Tiers.none(),
                        0,
                        .8,
                        List.of()));
    }

    @Test
    void ships_an_example_that_says_what_holds_without_it() {
        assertThat(GatePolicyReader.read(Path.of("../baselines/tiny-qwen3-vl/gate.yaml")))
                .isEqualTo(GatePolicy.defaults());
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
        Path file = Files.writeString(folder.resolve("gate.yaml"), "{schema: gate/1, margins: {scores: 2}}");

        assertThatThrownBy(() -> inForce()).hasMessage(file + ":1:36: margins: 'scores' is 2.0; expected 0.001 to 1");
    }

    @Test
    void reports_all_mistakes_at_once_with_their_places() {
        assertThatThrownBy(() -> GatePolicyReader.read(BAD))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                BAD:1:9: gate policy: 'schema' must be gate/1, the only version there is
                BAD:2:10: gate policy: 'judging' is 'calibratd'; expected one of calibrated, equality
                BAD:3:1: gate policy: unknown field 'alpha'; in its place write 'screen' and 'confirm' under 'levels'
                BAD:4:1: gate policy: unknown field 'score_margin'; in its place write 'scores' under 'margins'
                BAD:5:18: levels: 'screen' is 0.7; expected 0.0001 to 0.5
                BAD:5:23: levels: unknown field 'confim'; did you mean 'confirm'?
                BAD:6:15: weights: 'L1' is 0.0; expected 0.01 to 1
                BAD:6:18: weights: unknown field 'L5'; did you mean 'L1'?
                BAD:7:19: margins: 'scores' is 0.0; expected 0.001 to 1
                BAD:7:34: margins: 'divergence' is -1.0; expected 0 to 100
                BAD:7:46: margins: 'length' needs a number, not "5 %"
                BAD:10:23: tiers: 'supporting' needs a list of texts (in quotes), not 7
                BAD:11:13: tiers: suite 'ocr' is in more than one tier; name it once
                BAD:12:13: gate policy: 'max_failed' needs a number, not "2 %"
                BAD:13:15: gate policy: 'min_compared' is 1.5; expected 0 to 1
                BAD:15:12: waiver: 'L9' is no detector; expected one of L1, L2, L3, L4
                BAD:15:41: waiver: 'tomorrow' is no day; expected year-month-day, such as "2027-01-31"
                BAD:16:5: waiver needs 'reason'; say why, for whoever reads the report
                BAD:17:5: waiver needs fields (name: value), not "just L1"
                BAD:17:5: waiver needs 'name'; name the detector that may stay undecided, such as L3
                BAD:17:5: waiver needs 'reason'; say why, for whoever reads the report
                BAD:17:5: waiver needs 'expires'; write the last day on which it holds, such as "2027-01-31"
                BAD:18:1: gate policy: unknown field 'retries'; known fields: judging, levels, margins, max_failed, min_compared, profile, reach, schema, tiers, waivers, weights
                23 problems""".replace("BAD", BAD.toString()));
    }

    @Test
    void takes_the_policy_beside_the_baseline_and_tells_its_name() throws IOException {
        GatePolicy policy = read("schema: gate/1\nmax_failed: 0.02\n");

        assertThat(inForce().values()).isEqualTo(policy);
        assertThat(inForce().file()).contains(Path.of("gate.yaml"));
        assertThat(inForce().named()).isEmpty();
    }

    @Test
    void takes_the_policy_that_somebody_named_and_tells_its_path() throws IOException {
        read("schema: gate/1\nmax_failed: 0.02\n");
        Path other = Files.writeString(folder.resolve("strict.yaml"), "schema: gate/1\nmax_failed: 0.01\n");

        PolicyInForce policy = GatePolicyReader.inForce(Optional.of(other), folder.resolve("gate.yaml"));

        assertThat(policy.values().maxFailed()).isEqualTo(0.01);
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
