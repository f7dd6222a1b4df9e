package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "<think>6?</think>7, 7",
        "<think></think>7, 7",
        "<think>a</think>7<think>b</think>8, 78",
        "6?</think>7, 7",
        "6?</think>5?</think>7, 7",
        "<think>6? 7, ''",
        "7<think>or 6, 7"
    })
    void leaves_only_the_answer(String text, String answer) {
        assertThat(Thinking.remove(text)).isEqualTo(answer);
    }
}
