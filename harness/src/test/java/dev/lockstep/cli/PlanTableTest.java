package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Goal;
import dev.lockstep.gate.Items;
import dev.lockstep.gate.Outlook;
import dev.lockstep.job.Cost;
import dev.lockstep.job.Planning;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class PlanTableTest {
    private static final Goal GOAL = new Goal(.02, .8);
    private static final Cost COST = new Cost(120, 140, 140, 3_000, OptionalDouble.of(90));
    private static final Items PRINTS = new Items(List.of("prints"), 20, 2, 2);
    private static final Items TEXT = new Items(List.of("ocr", "text"), 100, 1, 3);
    private static final Outlook TOKENS = new Outlook(
            "L1", PRINTS, 40, 40, "equality", "one token of one answer", 1, OptionalDouble.empty(), Optional.empty());
    private static final Outlook SCORES = new Outlook(
            "L4",
            TEXT,
            100,
            138,
            "run-level t, 10 runs",
            "a loss of 6.3 pp of score",
            .44,
            OptionalDouble.of(.063),
            Optional.of(new Outlook.Cases(250, 25)));

    @Test
    void shows_what_each_detector_finds_and_what_a_smaller_loss_would_take() {
        assertThat(table(COST, TOKENS, SCORES).text()).isEqualTo("""
                140 samples of 120 cases, about 3,000 generated tokens, 1.5 minutes (measured in an approved run)
                a note

                detector cases × repetitions     samples  judged by             smallest change it finds
                L1                    20 × 2          40  equality              one token of one answer
                L4              100 × 1 to 3  100 of 138  run-level t, 10 runs  a loss of 6.3 pp of score

                P(PASS | unchanged) 0.44 at a margin of 2.0 pp: L4 0.44
                not counted: nights on which tests of whole runs fire by chance and the same start confirms them, 0.2 % to 2.2 % of \
                unchanged nights by how much of its noise a start shares (simulated; more under another load than the approved \
                runs'); most end as INCONCLUSIVE
                L4 (ocr, text): cannot prove a margin of 2.0 pp on 9 of 10 unchanged nights. It gates all the same, and leaves \
                the others INCONCLUSIVE, until it is named under 'advisory' of gate.yaml; or take more cases or a larger margin
                L4: a loss of 2.0 pp is found with probability 0.80 by about 250 cases of this kind (25 are \
                planned): about 22,286 tokens and 11.1 minutes in all""");
    }

    @Test
    void says_when_the_plan_is_enough() {
        Outlook enough = new Outlook(
                "L4",
                TEXT,
                100,
                100,
                "equality",
                "one answer that changes its score",
                1,
                OptionalDouble.of(.01),
                Optional.of(new Outlook.Cases(50, 100)));

        assertThat(table(COST, enough).text()).endsWith("""
                        P(PASS | unchanged) 1.00 at a margin of 2.0 pp
                        L4: a loss of 2.0 pp is found with probability 0.80 by 50 cases, and 100 are planned""");
    }

    @Test
    void says_that_the_noise_is_unknown_without_a_baseline() {
        Planning planning = new Planning(
                "lk1-0", Optional.empty(), new Cost(2, 4, 0, 32, OptionalDouble.empty()), List.of(), List.of());

        assertThat(new PlanTable(planning, GOAL, .02).text()).isEqualTo("""
                4 samples of 2 cases, about 32 generated tokens (0 samples measured in an approved run, the others counted with their \
                max_tokens)
                no baseline is approved for lk1-0: the noise is not known; record and approve runs, then ask again""");
    }

    @Test
    void tells_machines_the_same() {
        assertThat(table(COST, TOKENS, SCORES).json().toString())
                .isEqualTo(
                        "{\"lockId\":\"lk1-0\",\"cases\":120,\"samples\":140,\"measured\":140,\"tokens\":3000,\"seconds\":90.0,"
                                + "\"effect\":0.02,\"power\":0.8,\"margin\":0.02,\"passProbability\":0.44,\"notCounted\":\"not counted: nights on"
                                + " which tests of whole runs fire by chance and the same start confirms them, 0.2 % to 2.2 % of unchanged nights by how"
                                + " much of its noise a start shares (simulated; more under another load than the approved runs'); most end as INCONCLUSIVE\",\"notes\":[\"a note\"],\"detectors\":["
                                + "{\"detector\":\"L1\",\"cases\":20,\"fewestRepetitions\":2,\"mostRepetitions\":2,\"samples\":40,\"planned\":40,\"basis\":\"equality\",\"sees\":\"one token of one answer\","
                                + "\"passProbability\":1.0},"
                                + "{\"detector\":\"L4\",\"cases\":100,\"fewestRepetitions\":1,\"mostRepetitions\":3,\"samples\":100,\"planned\":138,\"basis\":\"run-level t, 10 runs\",\"sees\":\"a loss of 6.3 pp of"
                                + " score\",\"passProbability\":0.44,\"smallestLoss\":0.063,\"comparedCases\":25,\"neededCases\":250}]}");
    }

    private static PlanTable table(Cost cost, Outlook... outlooks) {
        var baseline = Runs.baseline(Runs.run("a", List.of(), Runs.scores(List.of(), List.of())));
        return new PlanTable(
                new Planning("lk1-0", Optional.of(baseline), cost, List.of(outlooks), List.of("a note")), GOAL, .02);
    }
}
