package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Check.Outcome;
import dev.lockstep.lock.Check.Policy;
import dev.lockstep.lock.Check.Step;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerificationTest {

    @Test
    void puts_what_the_process_shows_before_what_follows_from_it() {
        assertThat(broken(mismatch(Layer.GENERATION_DEFAULTS, Step.LIVE), mismatch(Layer.LAUNCH, Step.PROCESS)))
                .containsExactly(Layer.LAUNCH, Layer.GENERATION_DEFAULTS);
    }

    @Test
    void names_provenance_only_when_it_is_alone() {
        assertThat(broken(mismatch(Layer.PROVENANCE, Step.DISK), mismatch(Layer.TEMPLATE, Step.DISK)))
                .containsExactly(Layer.TEMPLATE);
        assertThat(broken(mismatch(Layer.PROVENANCE, Step.DISK))).containsExactly(Layer.PROVENANCE);
    }

    @Test
    void blames_another_engine_for_what_it_says_of_unchanged_files() {
        assertThat(broken(
                        mismatch(Layer.ENGINE, Step.PROCESS),
                        check(Layer.TEMPLATE, Step.PROCESS, Outcome.MATCH),
                        mismatch(Layer.TEMPLATE, Step.RENDER)))
                .containsExactly(Layer.ENGINE);
    }

    @Test
    void keeps_a_layer_that_moved_together_with_the_engine() {
        assertThat(broken(
                        mismatch(Layer.ENGINE, Step.PROCESS),
                        mismatch(Layer.TEMPLATE, Step.PROCESS),
                        mismatch(Layer.TEMPLATE, Step.RENDER)))
                .containsExactly(Layer.TEMPLATE, Layer.ENGINE);
    }

    @Test
    void ignores_mismatches_that_only_warn() {
        Check warning = new Check(Layer.HARDWARE, Step.LIVE, "cpu", Outcome.MISMATCH, Policy.WARN, "a", "b", "");

        assertThat(broken(warning)).isEmpty();
    }

    @Test
    void asks_for_proof_from_the_process() {
        Verification verification = new Verification(
                List.of(
                        check(Layer.WEIGHTS, Step.DISK, Outcome.MATCH),
                        check(Layer.WEIGHTS, Step.PROCESS, Outcome.UNVERIFIABLE),
                        check(Layer.TEMPLATE, Step.PROCESS, Outcome.UNVERIFIABLE),
                        check(Layer.TEMPLATE, Step.RENDER, Outcome.MATCH),
                        check(Layer.LAUNCH, Step.LIVE, Outcome.MATCH),
                        check(Layer.ENGINE, Step.PROCESS, Outcome.MATCH)),
                Set.of(Layer.LAUNCH, Layer.WEIGHTS, Layer.TEMPLATE, Layer.ENGINE));

        assertThat(verification.belowFloor()).containsExactly(Layer.WEIGHTS, Layer.TEMPLATE, Layer.LAUNCH);
        assertThat(verification.gaps())
                .containsExactly(
                        "these layers must be verified and could not be: weights, template, launch; run Lockstep where"
                                + " they can be read, or lower `floor` in stack.yaml");
    }

    @Test
    void rules_a_layer_out_by_what_it_renders_without_taking_that_for_proof() {
        Verification verification = new Verification(
                List.of(
                        check(Layer.TEMPLATE, Step.RENDER, Outcome.MATCH),
                        check(Layer.WEIGHTS, Step.LIVE, Outcome.MATCH)),
                Set.of());

        assertThat(verification.isRuledOut(Layer.TEMPLATE)).isTrue();
        assertThat(verification.isProven(Layer.TEMPLATE)).isFalse();
        assertThat(verification.isRuledOut(Layer.WEIGHTS)).isFalse();
    }

    @Test
    void doubts_a_stack_that_computes_otherwise_where_nobody_saw_what_computes() {
        Check weights = computing(Layer.WEIGHTS);
        Check engine = computing(Layer.ENGINE);

        assertThat(new Verification(List.of(weights, engine), Set.of()).doubts())
                .containsExactly(
                        "weights: locked equal, found 0.2000 nats from it",
                        "engine: locked equal, found 0.2000 nats from it");
        assertThat(new Verification(List.of(check(Layer.WEIGHTS, Step.PROCESS, Outcome.MATCH), weights), Set.of())
                        .doubts())
                .isEmpty();
        assertThat(new Verification(List.of(computing(Layer.HARDWARE)), Set.of()).doubts())
                .isEmpty();
    }

    private static Check computing(Layer layer) {
        return new Check(
                layer, Step.LOGPROBS, "logprobs", Outcome.MISMATCH, Policy.WARN, "equal", "0.2000 nats from it", "");
    }

    @Test
    void proves_a_layer_whose_other_fields_may_differ() {
        Check mounts = new Check(Layer.LAUNCH, Step.PROCESS, "mounts", Outcome.MISMATCH, Policy.WARN, "a", "b", "");
        Check ignored = new Check(Layer.LAUNCH, Step.PROCESS, "env.X", Outcome.MISMATCH, Policy.IGNORE, "a", "b", "");
        Check argv = check(Layer.LAUNCH, Step.PROCESS, Outcome.MATCH);

        assertThat(new Verification(List.of(mounts, ignored, argv), Set.of()).isProven(Layer.LAUNCH))
                .isTrue();
        assertThat(new Verification(List.of(mounts, ignored), Set.of()).isProven(Layer.LAUNCH))
                .isFalse();
    }

    private static List<Layer> broken(Check... checks) {
        return new Verification(List.of(checks), Set.of()).broken();
    }

    private static Check mismatch(Layer layer, Step step) {
        return check(layer, step, Outcome.MISMATCH);
    }

    private static Check check(Layer layer, Step step, Outcome outcome) {
        return new Check(layer, step, "field", outcome, Policy.PIN, "a", "b", "");
    }
}
