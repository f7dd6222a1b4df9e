package dev.lockstep.lock;

import static dev.lockstep.lock.Check.Policy.IGNORE;
import static dev.lockstep.lock.Check.Policy.ONE_OF;
import static dev.lockstep.lock.Check.Policy.PIN;
import static dev.lockstep.lock.Check.Policy.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    @Test
    void narrowest_rule_decides() {
        Policies policies = new Policies(new TreeMap<>(Map.of(
                "launch", FieldPolicy.of(WARN),
                "launch.env.*", FieldPolicy.of(IGNORE),
                "launch.env.A*", FieldPolicy.of(WARN),
                "launch.env.A", FieldPolicy.of(PIN))));

        assertThat(policies.of(Layer.LAUNCH, "argv").kind()).isEqualTo(WARN);
        assertThat(policies.of(Layer.LAUNCH, "env.B").kind()).isEqualTo(IGNORE);
        assertThat(policies.of(Layer.LAUNCH, "env.AB").kind()).isEqualTo(WARN);
        assertThat(policies.of(Layer.LAUNCH, "env.A").kind()).isEqualTo(PIN);
        assertThat(policies.of(Layer.ENGINE, "env.A").kind()).isEqualTo(PIN);
    }

    @Test
    void later_rule_takes_the_place_of_all_that_it_covers() {
        Policies policies = ShippedPolicies.KUBERNETES.policies().with(Layer.HARDWARE, PIN);

        assertThat(policies.of(Layer.HARDWARE, "cores").kind()).isEqualTo(PIN);
        assertThat(policies.of(Layer.LAUNCH, "mounts").kind()).isEqualTo(WARN);
    }

    @Test
    void shipped_policies_differ_where_a_scheduler_decides() {
        Policies metal = ShippedPolicies.BARE_METAL.policies();
        Policies kubernetes = ShippedPolicies.KUBERNETES.policies();

        assertThat(kubernetes.of(Layer.HARDWARE, "cores").kind()).isEqualTo(IGNORE);
        assertThat(metal.of(Layer.HARDWARE, "cores").kind()).isEqualTo(WARN);
        assertThat(kubernetes.of(Layer.HARDWARE, "gpuDriver.version").kind()).isEqualTo(WARN);
        assertThat(kubernetes.of(Layer.LAUNCH, "env.NVIDIA_VISIBLE_DEVICES").kind())
                .isEqualTo(IGNORE);
        assertThat(metal.of(Layer.LAUNCH, "env.NVIDIA_VISIBLE_DEVICES").kind()).isEqualTo(WARN);
        assertThat(List.of(metal, kubernetes))
                .allSatisfy(each ->
                        assertThat(each.of(Layer.ENGINE, "image.digest").kind()).isEqualTo(PIN))
                .allSatisfy(
                        each -> assertThat(each.of(Layer.LAUNCH, "argv").kind()).isEqualTo(PIN));
        assertThat(Policies.defaults()).isEqualTo(metal);
    }

    @Test
    void one_of_several_values_matches_and_any_other_breaks() {
        Lock lock = LockFixture.of(Map.of(
                Layer.ENGINE, LayerState.of(Map.of("version", TextNode.valueOf("1")), Map.of(), Map.of(), Set.of())));
        Policies policies =
                Policies.defaults().with(Map.of("engine.version", FieldPolicy.oneOf(List.of(TextNode.valueOf("2")))));

        assertThat(check(lock, "1", policies).outcome()).isEqualTo(Check.Outcome.MATCH);
        assertThat(check(lock, "2", policies))
                .isEqualTo(new Check(
                        Layer.ENGINE,
                        Check.Step.PROCESS,
                        "version",
                        Check.Outcome.MATCH,
                        ONE_OF,
                        "1",
                        "2",
                        "one of the values that stack.yaml allows; runs are compared within it alone"));
        assertThat(check(lock, "3", policies).breaksLock()).isTrue();
    }

    private static Check check(Lock lock, String found, Policies policies) {
        Map<String, JsonNode> fields = Map.of("version", TextNode.valueOf(found));
        return Comparison.of(lock, "pinned", Map.of(Layer.ENGINE, new TreeMap<>(fields)), Check.Step.PROCESS, policies)
                .getFirst();
    }
}
