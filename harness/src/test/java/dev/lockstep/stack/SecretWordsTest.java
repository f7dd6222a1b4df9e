package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--api-key",
                "--api-keys",
                "--apikey",
                "--hf-token",
                "-hft",
                "--token",
                "--admin-api-key",
                "--ssl-keyfile-password",
                "--client-secret",
                "--basic-auth",
                "HF_TOKEN",
                "VLLM_IMAGE_FETCH_TOKEN",
                "--kv-cache-api-key",
                "video_api_key",
                "S3_CACHE_ACCESS_KEY",
                "aws_secret_access_key",
                "accessToken",
                "Authorization",
                "X-Amz-Signature",
                "sig",
                "api_keys"
            })
    void knows_a_secret_by_its_name(String name) {
        assertThat(SecretWords.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-tokens",
                "--max-num-batched-tokens",
                "--tokenizer",
                "--tokenizer-mode",
                "add_bos_token",
                "--keep",
                "tokenizer.ggml.eos_token",
                "unknown_token",
                "vision_end_token",
                "bytes_per_token",
                "llama.attention.key_length",
                "--cache-type-k",
                "--trust-remote-code",
                "--author",
                "--stop-token-ids",
                "n_ctx",
                "sampling.temp",
                "--monkey",
                "cpuparams.n_threads"
            })
    void leaves_what_changes_the_answers(String name) {
        assertThat(SecretWords.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "HF_TOKEN=abc, d e | HF_TOKEN=${secret}",
                "https://ada:pa55@hub.example/x?n=1 | https://${secret}@hub.example/x?n=1",
                "https://hub.example/x?token=abc&n=1 | https://hub.example/x?token=${secret}&n=1",
                "{\"api_key\": \"a,b\", \"n\": 4} | {\"api_key\": ${secret}, \"n\": 4}",
                "{\"api_keys\": [\"a\", \"b\"], \"n\": 4} | {\"api_keys\": ${secret}, \"n\": 4}",
                "{'password': 'a b', 'n': 4} | {'password': ${secret}, 'n': 4}",
                "Authorization: Bearer abc.def | Authorization: ${secret}",
                "name hf_abcdefghijklmnopqrst | name ${secret}",
                "tokenizer.ggml.add_bos_token=bool:false | tokenizer.ggml.add_bos_token=bool:false",
                "{\"rope_type\": \"yarn\"} | {\"rope_type\": \"yarn\"}",
                "org/model-32B-Instruct | org/model-32B-Instruct"
            })
    void masks_the_secrets_inside_a_word(String word, String masked) {
        assertThat(SecretWords.mask(word)).isEqualTo(masked);
    }
}
