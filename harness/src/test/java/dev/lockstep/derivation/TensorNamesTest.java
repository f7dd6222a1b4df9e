package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.TensorDigests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorNamesTest {
    @Test
    void folder_and_gguf_files_of_the_tiny_model_have_the_same_tensors() {
        TensorDigests folder =
                ModelSource.at(TinyWeights.INSTRUCT).read("model").tensors();
        TensorDigests files = ModelSource.at(GgufCopy.TEXT)
                .read("model")
                .tensors()
                .and(ModelSource.at(GgufCopy.PROJECTOR).read("projector").tensors());

        Alignment alignment = Alignment.of(folder, files);

        assertThat(alignment.isOtherFormat()).isTrue();
        assertThat(alignment.names()).isEqualTo(files.byName().keySet());
        assertThat(shapes(alignment.base())).isEqualTo(shapes(files));
    }

    private static Map<String, List<Long>> shapes(TensorDigests tensors) {
        return tensors.byName().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().shape()));
    }

    @ParameterizedTest
    @CsvSource({
        "model.layers.3.mlp.up_proj.weight, blk.3.ffn_up.weight",
        "model.layers.3.self_attn.q_proj.bias, blk.3.attn_q.bias",
        "lm_head.weight, output.weight",
        "model.visual.deepstack_merger_list.1.norm.bias, v.deepstack.16.norm.bias"
    })
    void layers_keep_their_numbers_and_mergers_get_those_of_their_blocks(String name, String inGguf) {
        TensorNames names = TensorNames.of(Set.of("v.deepstack.8.norm.bias", "v.deepstack.16.norm.bias"));

        assertThat(names.inGguf(name)).contains(inGguf);
    }

    @Test
    void what_nobody_knows_has_no_name() {
        assertThat(TensorNames.of(Set.of()).inGguf("model.layers.0.mlp.experts.3.up_proj.weight"))
                .isEmpty();
        assertThat(TensorNames.of(Set.of()).inGguf("model.visual.deepstack_merger_list.0.norm.bias"))
                .isEmpty();
    }
}
