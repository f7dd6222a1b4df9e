package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.testing.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlansTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"llama.cpp,INPUT_VIDEO", "ollama,INPUT_VIDEO", "vllm,VIDEO_URL", "openai,VIDEO_URL"})
    void asks_each_engine_in_its_way(String engine, VideoStyle style) throws IOException {
        StackConfig config =
                StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: mine
                engine: %s
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                request: {cache_prompt: false}
                """.formatted(engine)));

        var plan = Plans.of(config, List.of(Cases.words(2)));

        assertThat(plan.template().videoStyle()).isEqualTo(style);
        assertThat(plan.template().model()).isEqualTo("tiny");
        assertThat(plan.template().extras()).hasToString("{\"cache_prompt\":false}");
        assertThat(plan.samples()).hasSize(2);
    }
}
