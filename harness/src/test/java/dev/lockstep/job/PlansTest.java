package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlansTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"llama.cpp,INPUT_VIDEO", "ollama,INPUT_VIDEO", "vllm,VIDEO_URL", "openai,VIDEO_URL"})
    void asks_each_engine_in_its_way(String engine, VideoStyle style) throws IOException {
        StackConfig config = config(engine);

        var plan = Plans.of(config, List.of(Cases.words(2)));

        assertThat(plan.template().videoStyle()).isEqualTo(style);
        assertThat(plan.template().model()).isEqualTo("tiny");
        assertThat(plan.template().extras())
                .hasToString(
                        engine.equals("vllm")
                                ? "{\"cache_prompt\":false,\"return_token_ids\":true}"
                                : "{\"cache_prompt\":false}");
        assertThat(plan.samples()).hasSize(2);
    }

    @Test
    void refuses_a_profile_that_asks_nothing() throws IOException {
        StackConfig config = config("openai");

        assertThatThrownBy(() -> Plans.of(config, List.of(Cases.words(2)), Profile.SMOKE))
                .hasMessage(
                        "profile 'smoke' asks nothing of these suites: it asks suites of role 'fingerprint'; name others"
                                + " with --suites, or another profile with --profile or in gate.yaml");
    }

    @Test
    void asks_all_unless_a_profile_says_otherwise() throws IOException {
        StackConfig config = config("openai");
        List<Suite> suites = List.of(Cases.words(2), Cases.prints(3));

        assertThat(Plans.of(config, suites).samples()).hasSize(5);
        assertThat(Plans.of(config, suites, Profile.SMOKE).samples()).hasSize(3);
    }

    private StackConfig config(String engine) throws IOException {
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: mine
                engine: %s
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                request: {cache_prompt: false}
                """.formatted(engine)));
    }
}
