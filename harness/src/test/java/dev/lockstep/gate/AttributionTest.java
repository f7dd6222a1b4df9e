package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rows of the attribution table, one after the other. */
final class AttributionTest {
    private static final Set<Layer> ALL = EnumSet.allOf(Layer.class);

    @Test
    void another_text_points_to_the_template_that_moved_on_disk() {
        List<Check> checks = checks(
                check(Layer.TEMPLATE, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MISMATCH),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.NOT_CHECKED),
                check(Layer.GENERATION_DEFAULTS, Check.Step.SAMPLING, Check.Outcome.MATCH));

        assertThat(sentence(checks))
                .isEqualTo("points to: template (the rendered text differs; effective sampling equal); attributed by"
                        + " probes");
    }

    @Test
    void another_text_of_the_same_template_file_points_to_what_renders_it() {
        List<Check> checks = checks(
                check(Layer.TEMPLATE, Check.Step.DISK, Check.Outcome.MATCH),
                check(Layer.TEMPLATE, Check.Step.PROCESS, Check.Outcome.MATCH),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MISMATCH));

        assertThat(sentence(checks))
                .isEqualTo("points to: engine, launch (the rendered text differs); attributed by probes");
    }

    @Test
    void a_launch_that_is_known_to_have_moved_goes_before_an_engine_that_may_have() {
        List<Check> checks = checks(
                check(Layer.TEMPLATE, Check.Step.PROCESS, Check.Outcome.MATCH),
                check(Layer.LAUNCH, Check.Step.PROCESS, Check.Outcome.MISMATCH),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MISMATCH));

        assertThat(Attribution.of(checks).orElseThrow().layers()).containsExactly(Layer.LAUNCH);
    }

    @Test
    void other_ids_of_the_same_text_point_to_the_tokenizer() {
        Signs signs = equal(Clue.TEXT).with(Clue.TOKEN_IDS, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo("points to: tokenizer, engine, launch (the token ids of the same text differ; rendered text"
                        + " equal); attributed by probes");
    }

    @Test
    void longer_prompts_without_media_point_to_what_makes_prompts_where_nobody_renders() {
        Signs signs = Signs.none().with(Clue.PROMPT_TOKENS, Sign.DIFFERENT).with(Clue.LOGPROBS, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo(
                        "points to: tokenizer, template, engine, launch (prompts without media have another number of"
                                + " tokens; rendered text, token ids not looked at); attributed by probes");
    }

    @Test
    void other_media_tokens_point_to_the_processor() {
        Signs signs = equal(Clue.TEXT, Clue.TOKEN_IDS, Clue.PROMPT_TOKENS)
                .with(Clue.MEDIA_TOKENS, Sign.DIFFERENT)
                .with(Clue.LOGPROBS, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo("points to: processor, engine, launch (prompts with images or videos have another number of"
                        + " tokens; rendered text, token ids, number of prompt tokens equal); attributed by probes");
    }

    @Test
    void other_sampling_points_to_the_defaults() {
        Signs signs = equal(Clue.TEXT, Clue.TOKEN_IDS, Clue.MEDIA_TOKENS).with(Clue.SAMPLING, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo("points to: generationDefaults, engine, launch (the sampling that takes effect differs;"
                        + " rendered text, token ids, media tokens equal); attributed by probes");
    }

    @Test
    void other_log_probabilities_of_the_locked_files_point_to_what_computes_them() {
        Signs signs = equal(Clue.TEXT, Clue.TOKEN_IDS, Clue.MEDIA_TOKENS, Clue.SAMPLING, Clue.FILES)
                .with(Clue.LOGPROBS, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo("points to: adapters, engine, launch, hardware (tokens or log-probabilities differ; rendered"
                        + " text, token ids, media tokens, effective sampling, model files equal); attributed by"
                        + " probes");
    }

    @Test
    void other_log_probabilities_of_other_files_point_to_the_weights() {
        List<Check> checks = checks(
                check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.GENERATION_DEFAULTS, Check.Step.SAMPLING, Check.Outcome.MATCH));
        Signs signs = Signs.of(checks).with(Clue.MEDIA_TOKENS, Sign.EQUAL).with(Clue.LOGPROBS, Sign.DIFFERENT);

        assertThat(Attribution.of(signs, checks, ALL).sentence())
                .isEqualTo("points to: weights (files of the model differ; rendered text, token ids, media tokens,"
                        + " effective sampling equal); attributed by probes");
    }

    @Test
    void other_log_probabilities_where_nobody_saw_the_files_leave_both_open() {
        Signs signs = equal(Clue.PROMPT_TOKENS).with(Clue.LOGPROBS, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .isEqualTo(
                        "points to: weights, quantization, modelConfig, adapters, derivation, engine, launch, hardware"
                                + " (tokens or log-probabilities differ; number of prompt tokens equal; rendered text, token ids,"
                                + " media tokens, effective sampling, model files not looked at); attributed by probes");
    }

    @Test
    void other_files_that_change_no_answer_point_to_nothing() {
        Signs signs = equal(Clue.LOGPROBS).with(Clue.FILES, Sign.DIFFERENT);

        assertThat(of(signs).clue()).isEmpty();
    }

    @Test
    void other_samples_of_the_same_log_probabilities_point_to_how_they_are_drawn() {
        Signs signs = equal(Clue.TEXT, Clue.TOKEN_IDS, Clue.LOGPROBS).with(Clue.DRAWS, Sign.DIFFERENT);

        assertThat(of(signs).layers()).containsExactly(Layer.GENERATION_DEFAULTS, Layer.ENGINE, Layer.LAUNCH);
    }

    @Test
    void another_message_of_the_same_tokens_points_to_the_parser() {
        Signs signs = equal(Clue.TEXT, Clue.TOKEN_IDS, Clue.LOGPROBS).with(Clue.MESSAGE, Sign.DIFFERENT);

        assertThat(of(signs).layers()).containsExactly(Layer.ENGINE, Layer.LAUNCH);
    }

    @Test
    void the_same_body_read_in_another_way_points_to_the_client() {
        Signs signs = everythingEqual().with(Clue.CLIENT, Sign.DIFFERENT);

        assertThat(of(signs).sentence()).startsWith("points to: the client, which no layer holds (the client reads ");
    }

    @Test
    void other_scores_of_equal_answers_point_to_no_layer() {
        Signs signs = everythingEqual().with(Clue.SCORES, Sign.DIFFERENT);

        assertThat(of(signs).sentence())
                .startsWith(
                        "points to: suite, judge, tools or sampling noise, which no layer holds; ask more cases (scores"
                                + " differ; rendered text, ");
    }

    @Test
    void says_when_nothing_that_was_looked_at_differs() {
        List<Check> checks = checks(
                check(Layer.ENGINE, Check.Step.PROCESS, Check.Outcome.MISMATCH),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.ENGINE, Check.Step.LOGPROBS, Check.Outcome.MATCH));

        assertThat(sentence(checks))
                .isEqualTo("no effect was seen (nothing that was looked at differs; rendered text, token ids,"
                        + " log-probabilities equal; media tokens, effective sampling, model files, sampled answers, message,"
                        + " JSON schema, client, scores not looked at); attributed by probes");
    }

    @Test
    void blames_what_is_known_to_have_moved_where_nobody_looked_at_its_effect() {
        List<Check> checks = checks(
                check(Layer.TEMPLATE, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.TOKENIZER, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MATCH));

        assertThat(sentence(checks))
                .startsWith(
                        "points to: template (it is not the locked one; nothing that was looked at differs; token ids,"
                                + " model files equal; rendered text, ");
    }

    @Test
    void other_log_probabilities_in_a_look_tell_weights_from_what_computes_with_them() {
        Check otherwise = check(Layer.HARDWARE, Check.Step.LOGPROBS, Check.Outcome.MISMATCH);

        assertThat(Attribution.of(checks(check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MATCH), otherwise))
                        .orElseThrow()
                        .layers())
                .containsExactly(Layer.ADAPTERS, Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE);
        assertThat(Attribution.of(checks(check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MISMATCH), otherwise))
                        .orElseThrow()
                        .layers())
                .containsExactly(Layer.WEIGHTS);
        assertThat(Attribution.of(checks(otherwise)).orElseThrow().layers())
                .contains(Layer.WEIGHTS, Layer.ENGINE, Layer.HARDWARE);
    }

    @Test
    void other_ends_of_answers_point_to_the_layer_that_names_them() {
        List<Check> checks = checks(
                check(Layer.TOKENIZER, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.MATCH),
                check(Layer.HARDWARE, Check.Step.LOGPROBS, Check.Outcome.MISMATCH));

        assertThat(Attribution.of(checks).orElseThrow().layers()).containsExactly(Layer.TOKENIZER);
    }

    @Test
    void a_few_equal_answers_do_not_clear_files_that_are_other_ones() {
        List<Check> checks = checks(
                check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MISMATCH),
                check(Layer.ENGINE, Check.Step.LOGPROBS, Check.Outcome.MATCH));

        assertThat(Attribution.of(checks).orElseThrow().layers()).containsExactly(Layer.WEIGHTS);
    }

    @Test
    void pictures_and_schemas_of_a_look_are_clues() {
        Check pictures = new Check(
                Layer.PROCESSOR,
                Check.Step.LIVE,
                "pictureTokens",
                Check.Outcome.MISMATCH,
                Check.Policy.PIN,
                "a",
                "b",
                "");
        Check schema = new Check(
                Layer.ENGINE, Check.Step.LIVE, "jsonSchema", Check.Outcome.MISMATCH, Check.Policy.PIN, "a", "b", "");

        assertThat(Attribution.of(checks(pictures)).orElseThrow().layers()).containsExactly(Layer.PROCESSOR);
        assertThat(Attribution.of(checks(schema)).orElseThrow().sentence())
                .startsWith("points to: engine (a JSON schema binds answers otherwise");
    }

    @Test
    void says_when_all_that_it_points_to_is_proved() {
        Attribution found = Attribution.of(
                equal(Clue.TEXT).with(Clue.MESSAGE, Sign.DIFFERENT), List.of(), EnumSet.of(Layer.HARDWARE));

        assertThat(found.sentence())
                .startsWith("points to none of engine, launch, for all are proved to be the locked ones (");
    }

    @Test
    void says_nothing_when_no_clue_was_looked_at() {
        assertThat(Attribution.of(checks(check(Layer.WEIGHTS, Check.Step.STATIC, Check.Outcome.MISMATCH))))
                .isEmpty();
    }

    @Test
    void takes_files_that_could_not_all_be_compared_for_unseen() {
        Signs signs = Signs.of(checks(
                check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MATCH),
                check(Layer.WEIGHTS, Check.Step.PROCESS, Check.Outcome.UNVERIFIABLE)));

        assertThat(signs.sign(Clue.FILES)).isEqualTo(Sign.UNSEEN);
    }

    private static String sentence(List<Check> checks) {
        return Attribution.of(checks).orElseThrow().sentence();
    }

    private static Attribution of(Signs signs) {
        return Attribution.of(signs, List.of(), ALL);
    }

    private static Signs equal(Clue... clues) {
        Signs signs = Signs.none();
        for (Clue clue : clues) {
            signs = signs.with(clue, Sign.EQUAL);
        }
        return signs;
    }

    private static Signs everythingEqual() {
        return equal(Arrays.stream(Clue.values())
                .filter(clue -> clue != Clue.CLIENT && clue != Clue.SCORES)
                .toArray(Clue[]::new));
    }

    private static List<Check> checks(Check... checks) {
        return new ArrayList<>(Arrays.asList(checks));
    }

    private static Check check(Layer layer, Check.Step step, Check.Outcome outcome) {
        return new Check(layer, step, "field", outcome, Check.Policy.PIN, "a", "b", "");
    }
}
