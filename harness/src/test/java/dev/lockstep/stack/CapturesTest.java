package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapturesTest {
    @TempDir
    Path folder;

    @Test
    void keeps_all_answers_that_observed_values_were_read_from() throws IOException {
        try (ServerDouble ollama = ServerDouble.ollama()) {
            assertThat(take("ollama", ollama).bodies())
                    .containsOnlyKeys("api_show.json", "api_tags.json", "api_version.json");
        }
    }

    @Test
    void puts_placeholders_for_time_chance_and_secrets() throws IOException {
        try (ServerDouble vllm = ServerDouble.vllm()
                .with(
                        "/tokenizer_info",
                        "{\"chat_template\":\"{{ api_key }} key=value\",\"api_key\":\"abc\",\"bos_token\":\"<s>\","
                                + "\"note\":\"hf_abcdefghijklmnopqrst at https://me@hub/\"}")) {
            Map<String, JsonNode> bodies = take("vllm", vllm).bodies();

            assertThat(compact(bodies, "tokenizer_info.json"))
                    .isEqualTo("{\"api_key\":\"${secret}\",\"bos_token\":\"<s>\",\"chat_template\":"
                            + "\"{{ api_key }} key=value\",\"note\":\"${secret} at https://${secret}@hub/\"}");
            assertThat(compact(bodies, "v1_models.json"))
                    .isEqualTo("{\"data\":[{\"created\":\"${time}\",\"id\":\"tiny\",\"max_model_len\":4096,\"object\":"
                            + "\"model\",\"owned_by\":\"vllm\",\"parent\":null,\"permission\":[],\"root\":\"/models/tiny\"}],"
                            + "\"object\":\"list\"}");
        }
    }

    @Test
    void of_an_opaque_stack_asks_nothing_but_its_list_of_models() throws IOException {
        try (ServerDouble vllm = ServerDouble.vllm()) {
            Files.writeString(folder.resolve("stack.yaml"), yaml("vllm", "opaque", vllm));

            assertThat(Observation.of(StackConfigReader.read(folder), vllm.endpoint())
                            .captures()
                            .bodies())
                    .containsOnlyKeys("v1_models.json");
        }
    }

    private Captures take(String engine, ServerDouble server) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), yaml(engine, "visible", server));
        return Observation.of(StackConfigReader.read(folder), server.endpoint()).captures();
    }

    private static String yaml(String engine, String visibility, ServerDouble server) {
        return """
                schema: stack/1
                name: tiny
                engine: %s
                model: tiny
                visibility: %s
                endpoint: {url: "%s"}
                """.formatted(engine, visibility, server.url());
    }

    private static String compact(Map<String, JsonNode> bodies, String name) {
        JsonNode body = bodies.get(name);
        return body == null ? "" : CanonicalJson.compact(body);
    }
}
