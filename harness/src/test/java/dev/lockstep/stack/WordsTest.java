package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a shell and how systemd split a command line. */
final class WordsTest {

    @Test
    void shell_knows_quotes_escapes_comments_and_continued_lines() {
        assertThat(ShellWords.of("vllm serve 'a b' \"c \\\"d\\\" \\x\" e\\ f '' \\\n  --x=1#2 # a comment\n last"))
                .containsExactly("vllm", "serve", "a b", "c \"d\" \\x", "e f", "", "--x=1#2", "last");
        assertThat(ShellWords.of("an 'open quote")).containsExactly("an", "open quote");
        assertThat(ShellWords.of("trailing \\")).containsExactly("trailing");
        assertThat(ShellWords.of(" \n\t")).isEmpty();
    }

    @Test
    void systemd_knows_quotes_escapes_and_percent_signs() {
        assertThat(SystemdWords.of("/opt/x \"A=b 'c'\" 'd \"e\"' f\\x20g 100%% \\t %i ''"))
                .containsExactly("/opt/x", "A=b 'c'", "d \"e\"", "f g", "100%", "\t", "%i", "");
        assertThat(SystemdWords.of("ends in \\")).containsExactly("ends", "in", "\\");
    }

    @Test
    void systemd_puts_variables_into_words() {
        assertThat(SystemdWords.expand(
                        List.of("$ALL", "${ONE}x", "a$ONE", "$$ONE", "$NONE", "${NONE}"),
                        Map.of("ALL", "--a 'b c'", "ONE", "1 2")))
                .containsExactly("--a", "b c", "1 2x", "a$ONE", "$ONE", "$NONE", "${NONE}");
    }
}
