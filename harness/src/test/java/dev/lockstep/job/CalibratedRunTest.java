package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ChatDouble;
import dev.lockstep.testing.ChatDouble.Reply;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a baseline whose noise is known: enough comparisons to be called deterministic. */
final class CalibratedRunTest {
    private static final Suite PRINTS = Cases.prints(50);
    private static final Suite WORDS = Cases.words(10);
    private static final int ENOUGH_RUNS = 31;
    private static final String PROMPT = "Print p-07";
    private static final String SAME_PROMPT_SIDE =
            "every prompt has as many tokens as then: no length points to template, tokenizer or processor";
    private static final String LAST = "Say w-10";
    private static final String OUTAGE = "the stack refused its last 5 samples or more, and nothing shows that it still"
            + " answers what it answered before them and still refuses them: that is an outage, not behaviour; see to the server";
    private static final String ALL_SCORES_LOST =
            "L4: 10 of 10 samples differ; 10 of 10 that were asked again gave the same other answer 3 times more; 10 of 10 cases"
                    + " fell, 0 rose; change -100.0 pp (95 % interval -100.0 to -60.8 pp)";
    private static final String LOST =
            ": 1 of 50 samples differ; the layer was calibrated deterministic, but no difference came back in all 3 repeats:"
                    + " determinism is lost; find out why, or record a baseline of 32 runs that knows the noise";
    private static final List<Layer> MODEL_SIDE = List.of(
            Layer.WEIGHTS,
            Layer.QUANTIZATION,
            Layer.MODEL_CONFIG,
            Layer.GENERATION_DEFAULTS,
            Layer.ADAPTERS,
            Layer.ENGINE,
            Layer.LAUNCH,
            Layer.HARDWARE);

    @TempDir
    static Path recorded;

    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeAll
    static void record() {
        try (ServedStack then = new ServedStack(recorded)) {
            then.baselined(then.plan(PRINTS, WORDS), ENOUGH_RUNS);
        }
    }

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder).baselinedLike(recorded);
        plan = stack.plan(PRINTS, WORDS);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void passes_a_stack_that_answers_as_then() {
        RunOutcome outcome = run(plan);

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.Pass(List.of(
                        "L1: 0 of 50 samples differ; IDENTICAL: every token is the baseline's",
                        "L2: 0 of 50 samples differ; IDENTICAL: every log-probability is the baseline's, to the last bit",
                        "L4: 0 of 10 samples differ; IDENTICAL: no answer changed its score",
                        "L2: the decode half alone; the endpoint gave no log-probabilities of prompt tokens. In their place the"
                                + " decode half looks at what follows the prompts: a change of how they are read goes unseen where no"
                                + " answer shows it",
                        "L3: not judged; no suite of this run has role 'samples'. In its place L1 looks at the answers of its prompts"
                                + " that are sampled with fixed seeds: a server that samples in another way goes unseen where these"
                                + " do not move",
                        "L1: smallest change that this run would have seen: one token of one answer",
                        "L2: smallest change that this run would have seen: one bit of one log-probability",
                        "L4: smallest change that this run would have seen: one answer that changes its score")));
        assertThat(stack.server().prompts()).hasSize(60).doesNotHaveDuplicates();
        RunResult result = outcome.result();
        assertThat(result.counts()).isEqualTo(new RunResult.Counts(60, 60, 0, 0));
        assertThat(result.suites()).containsExactly(new RunResult.SuiteSummary("words", 10, 1, Optional.of(1.0), 0));
        assertThat(result.unbaselined()).isEmpty();
        assertThat(result.baseline().orElseThrow().calibration())
                .containsExactly(
                        "L1 deterministic (31 runs, 1500 comparisons, 0 mismatches)",
                        "L2 deterministic (31 runs, 1500 comparisons, 0 mismatches)",
                        "L4 deterministic (31 runs, 300 comparisons, 0 mismatches)");
        assertThat(result.runLog()).contains(outcome.folder().log());
        assertThat(outcome.tonight()).hasSize(60);
        assertThat(outcome.baseline()).hasSize(60);
    }

    @Test
    void calls_a_difference_drift_that_comes_back_in_every_repeat() {
        stack.server().answer(prompt -> prompt.equals(PROMPT) ? "other" : ChatDouble.lastWord(prompt));

        RunOutcome outcome = run(plan);

        assertDrift(
                outcome,
                "L1: 1 of 50 samples differ; 1 of 1 that were asked again gave the same other answer 3 times more; 95 % interval of the share that differs 0.4 % to 10.5 %;"
                        + " the mean length moved by 0.5 %",
                "L2: 1 of 50 samples differ; 1 of 1 that were asked again gave the same other answer 3 times more; KL 0.013 nats a token"
                        + " (95 % interval 0 to 0.041, approved runs up to 0), the likeliest token is the same at 99.5 % of 197 places");
        assertThat(stack.server().timesAsked(PROMPT)).isEqualTo(4);
        assertThat(stack.server().prompts()).hasSize(63);
        assertThat(outcome.result().counts()).isEqualTo(new RunResult.Counts(60, 60, 0, 0));
        assertThat(stack.said())
                .containsExactly("answers differ from the baseline's; asking 1 prompt again, 3 times each");
    }

    @Test
    void asks_ten_again_when_more_differ() {
        stack.server().answer(prompt -> prompt.compareTo("Print p-12") <= 0 ? "other" : ChatDouble.lastWord(prompt));

        RunOutcome outcome = run(plan);

        assertDrift(
                outcome,
                "L1: 12 of 50 samples differ; 10 of 10 that were asked again gave the same other answer 3 times more; 95 % interval of the share that differs 14.3 % to 37.4 %;"
                        + " the mean length moved by 6.0 %",
                "L2: 12 of 50 samples differ; 10 of 10 that were asked again gave the same other answer 3 times more; KL 0.19 nats a token"
                        + " (95 % interval 0.074 to 0.31, approved runs up to 0), the likeliest token is the same at 92.7 % of 164 places");
        assertThat(stack.server().prompts()).hasSize(90);
        assertThat(stack.server().timesAsked("Print p-10")).isEqualTo(4);
        assertThat(stack.server().timesAsked("Print p-11")).isEqualTo(1);
        assertThat(stack.said())
                .containsExactly("answers differ from the baseline's; asking 10 prompts again, 3 times each");
    }

    @Test
    void finds_the_one_difference_that_comes_back_among_many_that_do_not() {
        stack.server().answer(prompt -> {
            boolean comesBack = prompt.equals("Print p-12");
            boolean differs = prompt.startsWith("Print") && stack.server().timesAsked(prompt) == 1;
            return comesBack || differs ? "other" : ChatDouble.lastWord(prompt);
        });

        assertDrift(
                run(plan),
                "L1: 50 of 50 samples differ; 1 of 20 that were asked again gave the same other answer 3 times more; 95 % interval of the share that differs 92.9 % to 100.0 %;"
                        + " the mean length moved by 25.0 %",
                "L2: 50 of 50 samples differ; 1 of 20 that were asked again gave the same other answer 3 times more; KL 2.7 nats a token"
                        + " (95 % interval 2.7 to 2.7, approved runs up to 0), the likeliest token is the same at 0.0 % of 50 places");
        assertThat(stack.server().prompts()).hasSize(60 + 60);
    }

    @Test
    void is_inconclusive_about_a_difference_that_does_not_come_back() {
        stack.server()
                .answer(prompt -> prompt.equals(PROMPT) && stack.server().timesAsked(PROMPT) == 1
                        ? "other"
                        : ChatDouble.lastWord(prompt));

        assertThat(run(plan).result().verdict()).isEqualTo(new Verdict.Inconclusive(List.of("L1" + LOST, "L2" + LOST)));
        assertThat(stack.server().timesAsked(PROMPT)).isEqualTo(4);
    }

    @Test
    void is_invalid_when_a_repeat_failed() {
        stack.server().reply(prompt -> {
            if (!prompt.equals(PROMPT)) {
                return Reply.saying(ChatDouble.lastWord(prompt));
            }
            return stack.server().timesAsked(PROMPT) == 2 ? Reply.overloaded() : Reply.saying("other");
        });

        assertInvalid(
                run(plan),
                "1 samples that were asked again failed in the infrastructure; start the same command again");
        assertThat(stack.server().timesAsked(PROMPT)).isEqualTo(4);
    }

    @Test
    void calls_lost_scores_drift_that_come_back_in_every_repeat() {
        stack.server().answer(prompt -> prompt.startsWith("Say") ? "nothing" : ChatDouble.lastWord(prompt));

        RunOutcome outcome = run(plan);

        assertDrift(outcome, ALL_SCORES_LOST);
        assertThat(stack.server().prompts()).hasSize(60 + 30);
        assertThat(stack.server().timesAsked(LAST)).isEqualTo(4);
        assertThat(stack.said())
                .containsExactly("answers differ from the baseline's; asking 10 prompts again, 3 times each");
        assertThat(outcome.result().suites())
                .containsExactly(new RunResult.SuiteSummary("words", 10, 0, Optional.of(1.0), 10));
    }

    @Test
    void calls_a_lost_capability_drift_also_when_it_is_asked_last() {
        stack.server()
                .reply(prompt ->
                        prompt.startsWith("Say") ? Reply.refused() : Reply.saying(ChatDouble.lastWord(prompt)));

        assertDrift(run(plan), ALL_SCORES_LOST);
        assertThat(stack.server().prompts()).hasSize(50 + 30 + 1 + 3 + 3 * 30);
        assertThat(stack.said())
                .containsExactly(
                        "the run ends in refusals; asking again what was answered, and what was refused",
                        "answers differ from the baseline's; asking 10 prompts again, 3 times each");
    }

    @Test
    void is_invalid_when_the_stack_refuses_from_some_moment_on() {
        stack.server()
                .reply(prompt -> stack.server().prompts().size() > 53
                        ? Reply.refused()
                        : Reply.saying(ChatDouble.lastWord(prompt)));

        assertInvalid(run(plan), OUTAGE);
    }

    @Test
    void is_invalid_when_refusals_do_not_come_back() {
        stack.server()
                .reply(prompt -> prompt.startsWith("Say") && stack.server().timesAsked(prompt) <= 3
                        ? Reply.refused()
                        : Reply.saying(ChatDouble.lastWord(prompt)));

        assertInvalid(run(plan), OUTAGE);
    }

    @Test
    void names_the_cases_that_the_baseline_does_not_hold() {
        RunResult result = run(stack.plan(Cases.prints(51), WORDS)).result();

        assertThat(result.verdict().name()).isEqualTo("PASS");
        assertThat(result.verdict().reasons().getFirst())
                .isEqualTo("L1: 0 of 50 samples differ; IDENTICAL: every token is the baseline's");
        assertThat(result.unbaselined()).containsExactly("prints/p-51");
    }

    @Test
    void is_invalid_when_it_was_asked_in_another_way_than_the_baseline() {
        stack.opaque("tiny@1", "request: {cache_prompt: true}");
        stack.server().answer(prompt -> "other");

        assertInvalid(
                run(stack.plan(PRINTS, WORDS)),
                "asked in another way than the baseline ('request' or 'model' of stack.yaml, or the form that videos are"
                        + " sent in, changed), so no answer can be compared; put it back, or record and approve a new"
                        + " baseline");
        assertThat(stack.server().prompts()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void is_invalid_when_more_requests_were_under_way_than_in_the_baseline() {
        stack.describe("""
                engine: openai
                visibility: opaque
                endpoint: {url: "%s", retries: 0, timeout_s: 10, concurrency: 7}
                declared: {weights: "tiny@1"}
                """.formatted(stack.server().url()));
        stack.server().answer(prompt -> "other");

        assertInvalid(
                run(stack.plan(PRINTS, WORDS)),
                "asked in another way than the baseline ('concurrency' of stack.yaml is 7, it was 1): how many requests a"
                        + " server answers at once decides its noise, so no answer can be compared; put it back, or record and"
                        + " approve a new baseline");
        assertThat(stack.server().prompts()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void is_invalid_when_no_case_is_in_the_baseline() {
        Suite other =
                Cases.suite("other", Suite.Role.SCORES, List.of(Cases.scored("other", "one", "Say one", "one", 1)));

        assertInvalid(
                run(stack.plan(other)),
                "no case of this run is in the baseline; these are other suites: record and approve a baseline of them");
    }

    /** A drift of an opaque stack whose prompts did not move. */
    private static void assertDrift(RunOutcome outcome, String... reasons) {
        List<String> all = new ArrayList<>(List.of(reasons));
        all.add(SAME_PROMPT_SIDE);
        assertThat(outcome.result().verdict()).isEqualTo(new Verdict.Drift(Verdict.Scope.STACK, MODEL_SIDE, all));
    }

    private static void assertInvalid(RunOutcome outcome, String reason) {
        assertThat(outcome.result().verdict()).isEqualTo(new Verdict.Invalid(List.of(reason)));
    }

    private RunOutcome run(Plan asked) {
        return RegressionRun.execute(stack.request("tonight"), asked, stack.workplace(), sample -> {});
    }
}
