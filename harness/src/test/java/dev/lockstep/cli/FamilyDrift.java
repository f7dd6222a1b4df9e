package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One way in which a provider could change the tiny model behind its name.
 *
 * @param layers what moves in the lock; empty when nothing does
 * @param expected what answers should show, in the words of {@code docs/drift-family.md}
 */
record FamilyDrift(String name, String what, List<String> layers, String expected, LaunchOverrides launch) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWERS = "log-probabilities or texts";
    private static final int Q4_0 = 2;
    private static final int Q8_0 = 8;

    FamilyDrift {
        layers = List.copyOf(layers);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns the drifts that are files, which {@code scripts/tiny-model} makes in a folder, and those that are a launch. */
    static List<FamilyDrift> all(Path home, Path folder) throws IOException, InterruptedException {
        List<FamilyDrift> all = new ArrayList<>(launches());
        Wrapper.Result made = new Wrapper(script(), System.getenv())
                .with("LOCKSTEP_HOME", home.toString())
                .run("drifts", "--to", folder);
        assertThat(made.exitCode()).as(made.toString()).isZero();
        for (String line : made.output().lines().toList()) {
            all.add(read(JSON.readTree(line)));
        }
        return all;
    }

    /** Returns the named drifts, all of which the family must have. */
    static Stream<FamilyDrift> named(List<FamilyDrift> family, Set<String> names) {
        List<FamilyDrift> found =
                family.stream().filter(drift -> names.contains(drift.name())).toList();
        assertThat(found).extracting(FamilyDrift::name).hasSameElementsAs(names);
        return found.stream();
    }

    private static Path script() {
        return Wrapper.scripts().resolve("tiny-model").resolve("tiny-model");
    }

    private static FamilyDrift read(JsonNode line) {
        LaunchOverrides launch = LaunchOverrides.none();
        for (var param : line.path("launch").properties()) {
            launch = launch.with(param.getKey(), param.getValue());
        }
        return new FamilyDrift(
                line.path("name").asText(),
                line.path("summary").asText(),
                line.path("layers").valueStream().map(JsonNode::asText).toList(),
                line.path("expected").asText(),
                launch);
    }

    /** Returns the drifts that are nothing but a launch. */
    static List<FamilyDrift> launches() {
        LaunchOverrides same = LaunchOverrides.none();
        LaunchOverrides threads = same.with("cpuparams.n_threads", IntNode.valueOf(2))
                .with("cpuparams_batch.n_threads", IntNode.valueOf(2));
        LaunchOverrides xtc = same.with("sampling.xtc_probability", DoubleNode.valueOf(0.5))
                .with("sampling.xtc_threshold", DoubleNode.valueOf(0.05));
        return List.of(
                new FamilyDrift("restart", "Control: the base, started again.", List.of(), "nothing", same),
                launch("threads", "Control: two threads in place of one, without flash attention.", "nothing", threads),
                launch("flash", "Flash attention on.", ANSWERS, with("flash_attn_type", 1)),
                launch("cache-q8_0", "The keys of the KV cache in 8 bits.", ANSWERS, with("cache_type_k", Q8_0)),
                launch("cache-q4_0", "The keys of the KV cache in 4 bits.", ANSWERS, with("cache_type_k", Q4_0)),
                launch("xtc", "XTC sampler: probability 0.5, threshold 0.05.", ANSWERS, xtc),
                launch(
                        "dynatemp",
                        "Dynamic temperature with range 0.5.",
                        ANSWERS,
                        same.with("sampling.dynatemp_range", DoubleNode.valueOf(0.5))));
    }

    private static LaunchOverrides with(String param, int value) {
        return LaunchOverrides.none().with(param, IntNode.valueOf(value));
    }

    private static FamilyDrift launch(String name, String what, String expected, LaunchOverrides change) {
        return new FamilyDrift(name, what, List.of("launch"), expected, change);
    }
}
