package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ReplicaSet.Known;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The starts of several servers at two moments. */
final class StartsTest {
    private static final SequencedMap<String, String> NONE = new LinkedHashMap<>();

    @Test
    void name_every_server_in_its_order() {
        assertThat(listed("b", "12:7", "a", "13:8").epoch()).isEqualTo("b=12:7 | a=13:8");
        assertThat(listed("b", "12:7", "a", "13:8").rotated().epoch()).isEqualTo("a=13:8 | b=12:7");
        assertThat(new Starts(Known.ONE, epochs("http://a", "12:7"), NONE).epoch())
                .isEqualTo("12:7");
    }

    @Test
    void are_unknown_where_one_of_them_is() {
        assertThat(listed("a", "12:7", "b", "unknown").epoch()).isEqualTo("unknown");
    }

    @Test
    void tell_which_server_was_restarted_and_which_is_gone() {
        Starts before = listed("a", "1:1", "b", "2:2", "c", "3:3");
        Starts now = new Starts(Known.LISTED, epochs("a", "1:1", "c", "4:4"), epochs("b", "http://b: no connection"));

        assertThat(before.trouble(now))
                .containsExactly(
                        "replica c was restarted in the middle of the run (epoch 3:3, then 4:4); start the same command again",
                        "replica b no longer answers: http://b: no connection");
        assertThat(before.trouble(before)).isEmpty();
    }

    @Test
    void are_told_apart_one_by_one() {
        assertThat(Starts.single("a=1:1 | b=2:2")).containsExactly("1:1", "2:2");
        assertThat(Starts.single("monday")).containsExactly("monday");
    }

    private static Starts listed(String... namesAndEpochs) {
        return new Starts(Known.LISTED, epochs(namesAndEpochs), NONE);
    }

    private static SequencedMap<String, String> epochs(String... namesAndEpochs) {
        SequencedMap<String, String> epochs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndEpochs.length; i += 2) {
            epochs.put(namesAndEpochs[i], namesAndEpochs[i + 1]);
        }
        return epochs;
    }
}
