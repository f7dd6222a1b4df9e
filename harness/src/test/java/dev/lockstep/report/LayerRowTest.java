package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Layer;
import dev.lockstep.report.LayerRow.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerRowTest {

    @Test
    void a_layer_that_the_stack_does_not_have_neither_matches_nor_is_left_unchecked() {
        LayerRow adapters = row(Night.pass(), Layer.ADAPTERS);
        assertThat(adapters.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(adapters.telling()).isEmpty();
        assertThat(adapters.steps()).isEqualTo("the stack has no such layer");
    }

    @Test
    void a_word_that_only_stack_yaml_repeats_is_declared_and_proves_nothing() {
        assertThat(row(Night.opaque(), Layer.ENGINE).status()).isEqualTo(Status.NOT_RULED_OUT);
        assertThat(row(Night.opaque(), Layer.PROCESSOR).status()).isEqualTo(Status.DECLARED);
        assertThat(row(Night.opaque(), Layer.PROVENANCE).status()).isEqualTo(Status.MATCH);
    }

    @Test
    void a_layer_that_nothing_tells_of_says_so() {
        LayerRow quantization = row(Night.opaque(), Layer.QUANTIZATION);
        assertThat(quantization.status()).isEqualTo(Status.NOT_RULED_OUT);
        assertThat(quantization.steps()).isEqualTo("nothing tells of it");
    }

    private static LayerRow row(Night night, Layer layer) {
        List<LayerRow> rows = LayerRow.all(night.result());
        assertThat(rows).hasSize(13);
        return rows.stream().filter(row -> row.layer() == layer).findFirst().orElseThrow();
    }
}
