package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstTokenTest {

    @Test
    void reads_what_llama_cpp_tells() {
        assertThat(FirstToken.seconds("{\"timings\":{\"predicted_ms\":7.5,\"prompt_ms\":225.5,\"prompt_n\":18}}"))
                .hasValue(.2255);
        assertThat(FirstToken.seconds("{\"timings\": {\"prompt_ms\": 1e2}}")).hasValue(.1);
    }

    @Test
    void is_empty_where_a_server_tells_nothing_and_an_answer_speaks_of_it() {
        assertThat(FirstToken.seconds("{\"choices\":[{\"message\":{\"content\":\"\\\"prompt_ms\\\": 3\"}}]}"))
                .isEmpty();
        assertThat(FirstToken.seconds("")).isEmpty();
    }
}
