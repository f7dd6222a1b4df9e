package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRA and DoRA of rank 4, merged into the tiny model as tools do it, right and wrong. */
final class LowRankStackTest {
    private static final String QUERY = "model.language_model.layers.0.self_attn.q_proj";
    private static final String VALUE = "model.language_model.layers.2.self_attn.v_proj";
    private static final String NORM = "model.language_model.norm.weight";
    private static final String CONFIG = "{\"r\": 4, \"lora_alpha\": 8}";
    private static final int RANK = 4;
    private static final double SCALE = 2;

    @TempDir
    Path temporary;

    private LockedModels models;
    private TinyWeights base;
    private TinyWeights pairs;
    private String parent;

    @BeforeEach
    void prepare() throws IOException {
        models = new LockedModels(temporary.toRealPath());
        base = TinyWeights.read(TinyWeights.INSTRUCT);
        pairs = TinyWeights.empty();
        for (String module : new String[] {QUERY, VALUE}) {
            double[][] matrix = base.get(module + ".weight").rows();
            pairs.put(name(module, "A"), "F32", Arithmetic.random(1, RANK, matrix[0].length, .02));
            pairs.put(name(module, "B"), "F32", Arithmetic.random(2, matrix.length, RANK, .02));
        }
        parent = models.parent("base", TinyWeights.INSTRUCT);
    }

    @Test
    void a_merged_adapter_is_locked_with_its_base_parameters_and_tool() throws IOException {
        Lock lock = derived(merged(SCALE), CONFIG, "");

        assertThat(lock.layer(Layer.DERIVATION).declared())
                .containsOnlyKeys("1.op", "1.tool")
                .hasEntrySatisfying("1.tool", tool -> assertThat(tool.asText()).isEqualTo("peft 0.17.1"));
        assertThat(lock.layer(Layer.DERIVATION).pinned()).containsOnlyKeys("1.adapter", "1.base", "1.base.tensors");
        assertThat(lock.layer(Layer.DERIVATION).unknown()).isEmpty();
    }

    @Test
    void another_scale_makes_another_lock_and_must_be_the_one_that_was_merged() throws IOException {
        Lock half = derived(merged(SCALE / 2), CONFIG, "parameters: {scale: 0.5}");

        assertThat(half.layer(Layer.DERIVATION).declared()).containsKey("1.parameters.scale");
        assertThatThrownBy(() -> derived(merged(SCALE / 2), CONFIG, ""))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "derivation 1 (lora-merge): holds other numbers than W + scale · B A in 2 of 2 tensors;"
                                + " the worst is '" + VALUE
                                + ".weight', which at row 59, column 97 holds -0.00168496, where"
                                + " -0.00339009 is right, give or take 1.6e-09; make it again, in a type that is no narrower than"
                                + " that of the weights");
    }

    @Test
    void a_merge_that_wrote_its_base_out_again_is_refused() {
        assertThatThrownBy(() -> derived(base, CONFIG, ""))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "derivation 1 (lora-merge): holds the very tensors of its base, so nothing was done to"
                                + " it; make it anew");
    }

    @Test
    void a_merge_that_touches_another_tensor_is_refused_with_its_name() {
        TinyWeights touched = merged(SCALE).change(NORM, rows -> {
            rows[0][5] += 1;
            return rows;
        });

        assertThatThrownBy(() -> derived(touched, CONFIG, ""))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(models.folder("derived").resolve("stack.yaml")
                        + ":8:5: derivation 1 (lora-merge): changes '" + NORM
                        + "', which the derivation may not; make the model anew, or name them in 'changes'");
    }

    /** The mechanism of OpenBMB/MiniCPM-V issue 502: the sum was rounded to 16 bits on its way. */
    @Test
    void a_merge_that_went_through_bf16_is_refused_with_its_worst_tensor() {
        TinyWeights coarse = merged(SCALE);
        coarse.change(QUERY + ".weight", rows -> TinyWeights.rounded("BF16", rows));

        assertThatThrownBy(() -> derived(coarse, CONFIG, ""))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("in 1 of 2 tensors; the worst is '" + QUERY + ".weight', which at row ")
                .hasMessageContaining("; make it again, in a type that is no narrower than that of the weights");
    }

    @Test
    void a_merge_of_a_model_in_bf16_may_round_as_bf16_does() throws IOException {
        TinyWeights narrow = TinyWeights.read(TinyWeights.INSTRUCT).as("BF16");
        Path stored = narrow.writeModel(models.folder("narrow"));
        base = TinyWeights.read(stored);
        parent = models.parent("narrow-base", stored);

        assertThat(derived(merged(SCALE).as("BF16"), CONFIG, "")
                        .layer(Layer.DERIVATION)
                        .pinned())
                .containsKey("1.base.tensors");
    }

    @Test
    void a_type_that_nobody_declared_is_refused() {
        assertThatThrownBy(() -> derived(merged(SCALE).as("BF16", QUERY + ".weight"), CONFIG, ""))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("stores '" + QUERY
                        + ".weight' as BF16, the base as F32; add the step that did it," + " such as convert");
    }

    @Test
    void lengths_of_rows_are_part_of_dora() throws IOException {
        String config = "{\"r\": 4, \"lora_alpha\": 8, \"use_dora\": true}";
        TinyWeights whole = TinyWeights.read(TinyWeights.INSTRUCT);
        for (String module : new String[] {QUERY, VALUE}) {
            double[][] sum = sum(module, SCALE);
            double[] lengths = Arithmetic.lengths(sum);
            pairs.put("base_model.model." + module + ".lora_magnitude_vector", "F32", new double[][] {lengths});
            whole.change(module + ".weight", rows -> Arithmetic.ofLengths(sum, lengths));
        }

        assertThat(derived("dora-merge", whole, config, "")
                        .layer(Layer.DERIVATION)
                        .unknown())
                .isEmpty();
        assertThatThrownBy(() -> derived("dora-merge", merged(SCALE), config, ""))
                .hasMessageContaining(
                        "holds other numbers than m (W + scale · B A) / ‖W + scale · B A‖ in 2 of 2 tensors");
        assertThatThrownBy(() -> derived(merged(SCALE), config, ""))
                .hasMessageContaining(
                        "names an adapter with trained lengths of rows, which is dora-merge; correct 'op' or"
                                + " 'adapter'");
    }

    @Test
    void an_adapter_of_another_model_is_refused() {
        pairs.put(name("model.layers.9.self_attn.q_proj", "A"), "F32", Arithmetic.random(1, RANK, 8, 1));
        pairs.put(name("model.layers.9.self_attn.q_proj", "B"), "F32", Arithmetic.random(1, 8, RANK, 1));

        assertThatThrownBy(() -> derived(merged(SCALE), CONFIG, ""))
                .hasMessageContaining(
                        "was made with an adapter for 'model.layers.9.self_attn.q_proj.weight', of which the base"
                                + " has none of that shape; name the right adapter");
    }

    @Test
    void a_base_that_is_not_the_locked_one_is_refused() throws IOException {
        Path other = merged(.1).writeModel(models.folder("other"));
        Lock locked = models.lock("base", "files: {weights: " + TinyWeights.INSTRUCT + "}");
        parent = "{lock: ../base/stack.lock.json, weights: " + other + "}";

        assertThatThrownBy(() -> derived(merged(SCALE), CONFIG, ""))
                .hasMessage(other + ": holds other weights than " + locked.id().brief()
                        + " (base), which the derivation names; name the files that were locked, or the lock of these");
    }

    @Test
    void sidecars_of_the_base_say_which_tensors_may_change_where_its_files_are_not_here() throws IOException {
        parent = "../base/stack.lock.json";
        Lock lock = derived(merged(SCALE), CONFIG, "changes: [\"*.{q,v}_proj.weight\"]");
        SortedMap<String, JsonNode> pinned =
                new TreeMap<>(lock.layer(Layer.DERIVATION).pinned());

        assertThat(pinned).containsOnlyKeys("1.adapter", "1.base", "1.base.tensors");
        assertThatThrownBy(() -> derived(merged(SCALE), CONFIG, "changes: [\"*.q_proj.weight\", \"*.k_proj.weight\"]"))
                .hasMessageContaining("changes '" + VALUE + ".weight', which the derivation may not")
                .hasMessageContaining("changes no tensor of the name '*.k_proj.weight', which the derivation says;"
                        + " correct the name, or make the model anew");
    }

    @Test
    void a_base_of_which_nothing_is_here_is_unknown() throws IOException {
        parent = "lk1-" + "0".repeat(64);

        Lock lock = derived(merged(SCALE), CONFIG, "");

        assertThat(lock.layer(Layer.DERIVATION).declared()).containsKey("1.base");
        assertThat(lock.layer(Layer.DERIVATION).unknown()).containsExactly("1.base.tensors");
    }

    private TinyWeights merged(double scale) {
        TinyWeights whole = copy();
        for (String module : new String[] {QUERY, VALUE}) {
            whole.change(module + ".weight", rows -> sum(module, scale));
        }
        return whole;
    }

    private double[][] sum(String module, double scale) {
        double[][] product = Arithmetic.product(
                pairs.get(name(module, "B")).rows(),
                pairs.get(name(module, "A")).rows());
        return Arithmetic.sum(1, base.get(module + ".weight").rows(), scale, product);
    }

    private TinyWeights copy() {
        TinyWeights copy = TinyWeights.empty();
        base.all().forEach(copy::putMatrix);
        return copy;
    }

    private static String name(String module, String part) {
        return "base_model.model." + module + ".lora_" + part + ".weight";
    }

    private Lock derived(TinyWeights weights, String config, String more) throws IOException {
        return derived("lora-merge", weights, config, more);
    }

    private Lock derived(String operation, TinyWeights weights, String config, String more) throws IOException {
        Path folder = models.folder("made-" + System.nanoTime());
        Path adapter = pairs.writeAdapter(folder.resolve("adapter"), config);
        Path model = weights.writeModel(folder.resolve("model"));
        return models.lock("derived", """
                files: {weights: %s}
                derivation:
                  - op: %s
                    base: %s
                    adapter: %s
                    tool: peft 0.17.1
                    %s
                """.formatted(model, operation, parent, adapter, more));
    }
}
