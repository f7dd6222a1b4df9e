package dev.lockstep.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.lock.GgufFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped model as GGUF files, and what tests need beside it. */
public final class TinyGguf {
    private static final Path SHIPPED = Path.of("../baselines/tiny-qwen3-vl/model");
    private static final int WIDTH = 128;
    private static final int DECIMAL = 6;
    private static final int F32 = 0;

    private TinyGguf() {}

    public static Path model() {
        return shipped("tinyvl-F16.gguf");
    }

    public static Path projector() {
        return shipped("mmproj-tinyvl-F16.gguf");
    }

    /** Writes the model with sampling settings of its own, as packages of real models have them. */
    public static Path withSampling(Path file) throws IOException {
        return sampling(GgufEdit.of(model())).write(file);
    }

    /** Adds sampling settings; Qwen2-1.5B-Instruct ships this penalty in its generation_config.json. */
    public static GgufEdit sampling(GgufEdit model) {
        return model.number("general.sampling.top_k", 20).decimal("general.sampling.penalty_repeat", 1.1f);
    }

    /** Writes a LoRA adapter of rank one for one projection of the model. */
    public static Path lora(Path file) throws IOException {
        return new GgufFixture()
                .text("general.architecture", "qwen3vl")
                .text("general.type", "adapter")
                .text("adapter.type", "lora")
                .value(
                        "adapter.lora.alpha",
                        DECIMAL,
                        GgufFixture.little(4).putFloat(1).array())
                .tensor("blk.0.attn_q.weight.lora_a", F32, column(.05f), WIDTH, 1)
                .tensor("blk.0.attn_q.weight.lora_b", F32, column(-.05f), 1, WIDTH)
                .write(file);
    }

    private static byte[] column(float value) {
        byte[] bytes = new byte[WIDTH * Float.BYTES];
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            values.putFloat(value);
        }
        return bytes;
    }

    private static Path shipped(String name) {
        Path file = SHIPPED.resolve(name).toAbsolutePath().normalize();
        assumeTrue(Files.exists(file), () -> file + " is not here");
        return file;
    }
}
