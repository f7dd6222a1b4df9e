package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.stack.LaunchOverrides;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that shows nothing but its answers: the lock holds, so only the answers can tell. */
@Tag("real")
final class OpaqueRealStackTest {
    private static final int Q8_0 = 8;

    @TempDir
    static Path folder;

    private static TestedStack stack;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        stack = new TestedStack(
                folder, "tiny-qwen3-vl-opaque", SmallSuites.text(folder), SmallSuites.fingerprint(folder, 10));
        stack.baseline(2);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    void drifts_when_the_cache_is_quantized() throws IOException, InterruptedException {
        assertDrift(LaunchOverrides.none().with("cache_type_k", IntNode.valueOf(Q8_0)), Layer.LAUNCH);
    }

    @Test
    void drifts_when_the_weights_were_rounded_under_the_same_name() throws IOException, InterruptedException {
        Path rounded = stack.variants().rounded(stack.config().files().weights().orElseThrow());

        assertDrift(LaunchOverrides.none().with("model.path", TextNode.valueOf(rounded.toString())), Layer.WEIGHTS);
    }

    private static void assertDrift(LaunchOverrides change, Layer layer) throws IOException, InterruptedException {
        stack.start(change);

        Wrapper.Result night = stack.night();

        assertThat(night.exitCode()).as(night.toString()).isEqualTo(1);
        VerdictSummary verdict = TestedStack.verdict(night);
        assertThat(verdict.verdict()).isEqualTo("DRIFT");
        assertThat(verdict.layers()).contains(layer).doesNotContain(Layer.TEMPLATE, Layer.TOKENIZER);
        assertThat(verdict.reasons())
                .last()
                .isEqualTo(
                        "every prompt has as many tokens as then: no length points to template, tokenizer or processor");
    }
}
