package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.SCORED;
import static dev.lockstep.gate.GateFixture.answered;
import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.testing.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TiersTest {
    private static final List<SampleKey> JOKES = keys("jokes", 20);
    private static final Tiers ADVISORY = new Tiers(List.of("text"), List.of(), List.of("jokes"));
    private static final Tiers SUPPORTING = new Tiers(List.of(), List.of("jokes"), List.of());

    @Test
    void takes_a_suite_that_nobody_named_for_critical() {
        assertThat(ADVISORY.of("text")).isEqualTo(Tiers.Tier.CRITICAL);
        assertThat(ADVISORY.of("new")).isEqualTo(Tiers.Tier.CRITICAL);
        assertThat(ADVISORY.of("jokes")).isEqualTo(Tiers.Tier.ADVISORY);
        assertThat(SUPPORTING.of("jokes")).isEqualTo(Tiers.Tier.SUPPORTING);
    }

    @Test
    void finds_a_suite_in_two_tiers() {
        assertThat(ADVISORY.namedTwice()).isEmpty();
        assertThat(new Tiers(List.of("a"), List.of("b"), List.of("b")).namedTwice())
                .contains("b");
    }

    @Test
    void judges_supporting_suites_apart_from_critical_ones() {
        Gate.Judgement judgement = judge(SUPPORTING, 10);

        assertThat(judgement.findings()).extracting(Finding::detector).containsExactly("L4", "L4 supporting");
        assertThat(judgement.findings()).extracting(Finding::changed).containsExactly(0, 10);
        assertThat(judgement.verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4 supporting: 10 of 20 samples differ; none of them was asked again, so nobody knows whether"
                                + " they come back")));
    }

    @Test
    void never_lets_an_advisory_suite_decide() {
        Gate.Judgement judgement = judge(ADVISORY, 10);

        assertThat(judgement.findings()).extracting(Finding::detector).containsExactly("L4");
        assertThat(judgement.verdict().name()).isEqualTo("PASS");
    }

    /** Everything was right in the baseline; tonight so many jokes are not. */
    private static Gate.Judgement judge(Tiers tiers, int lostJokes) {
        List<SampleKey> keys = new ArrayList<>(SCORED);
        keys.addAll(JOKES);
        List<Sample> samples = answered(keys, "7");
        Tonight tonight = new Tonight(keys, Set.of(), Set.of(), Runs.log("b", samples), scores(lostJokes));
        return new Gate(Policies.withTiers(tiers), Set.of())
                .judge(Runs.baseline(Runs.run("a", samples, scores(0))), asked(tonight), List.of());
    }

    private static ScoreTable scores(int lostJokes) {
        TreeMap<SampleKey, List<Score>> all = new TreeMap<>(firstRight(100).scores());
        all.putAll(Runs.scores(JOKES.subList(lostJokes, 20), JOKES.subList(0, lostJokes))
                .scores());
        return new ScoreTable(all);
    }

    @Test
    void notes_a_name_that_is_nearly_that_of_a_suite() {
        Tiers tiers = new Tiers(List.of("ocr"), List.of(), List.of("tiny-txt", "jokes"));

        assertThat(tiers.mistyped(Set.of("ocr", "tiny-text")))
                .containsExactly(
                        "'tiers.advisory' of the gate policy names 'tiny-txt', which is no suite of this run; did you mean"
                                + " 'tiny-text'? As it stands 'tiny-text' is critical");
        assertThat(tiers.mistyped(Set.of("ocr"))).isEmpty();
    }
}
