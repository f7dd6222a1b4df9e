package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogprobsFileTest {
    private static final LockId LOCK = new LockId("lk1-" + "a".repeat(64));
    private static final LockId OTHER = new LockId("lk1-" + "b".repeat(64));
    private static final List<Token> ANSWER = List.of(
            new Token(7, "Par\u00e9", -0.1234567890123, List.of(new Alternative(7, "Par\u00e9", -0.1234567890123))),
            new Token(-1, "!", Double.NEGATIVE_INFINITY, List.of(new Alternative(-1, "?", -1e-9))));

    @TempDir
    Path folder;

    @Test
    void what_was_written_is_read_again_bit_by_bit() {
        Logprobs logprobs = new Logprobs(new TreeMap<>(Map.of("sum", List.of(ANSWER, ANSWER, List.of()))), "");
        LogprobsFile file = new LogprobsFile(folder.resolve("logprobs.json"));

        file.write(LOCK, logprobs);

        assertThat(file.read(LOCK)).isEqualTo(logprobs);
    }

    @Test
    void equal_repetitions_stand_once() throws IOException {
        LogprobsFile file = new LogprobsFile(folder.resolve("logprobs.json"));

        file.write(LOCK, new Logprobs(new TreeMap<>(Map.of("sum", List.of(ANSWER, ANSWER, ANSWER))), ""));

        assertThat(Files.readString(file.path()))
                .isEqualTo(
                        "{\"answers\":{\"sum\":[{\"times\":3,\"tokens\":[[[7,\"Par\u00e9\",-0.1234567890123],[7,\"Par\u00e9\""
                                + ",-0.1234567890123]],[[-1,\"!\",null],[-1,\"?\",-1E-9]]]}]},\"lockId\":\""
                                + LOCK.value()
                                + "\",\"schema\":\"logprobs/1\",\"why\":\"\"}\n");
    }

    @Test
    void a_file_of_another_lock_is_refused() {
        LogprobsFile file = new LogprobsFile(folder.resolve("logprobs.json"));
        file.write(OTHER, Logprobs.untold("nobody told any"));

        assertThat(file.read(OTHER)).isEqualTo(Logprobs.untold("nobody told any"));
        assertThatThrownBy(() -> file.read(LOCK))
                .hasMessage(file.path() + ": was taken under \"" + OTHER.value() + "\", not under " + LOCK.value()
                        + "; restore it from version control, or lock again while the stack is up");
    }

    @Test
    void what_is_no_such_file_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"schema\":\"probes/1\"}");

        assertThatThrownBy(() -> new LogprobsFile(file).read(LOCK))
                .hasMessage(file
                        + ": 'schema' is \"probes/1\", expected \"logprobs/1\"; restore it from version control, or lock"
                        + " again while the stack is up");
    }
}
