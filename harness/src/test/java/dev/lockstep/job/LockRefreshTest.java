package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.LockFile;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockRefreshTest {
    @TempDir
    Path folder;

    private ServedStack stack;
    private StackFolder files;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        files = new StackFolder(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void writes_what_the_server_says_now_and_keeps_the_id() {
        Lock lock = stack.lock();
        Lock older = saying(lock, "another");
        LockFile.write(files.lock(), older);

        LockDiff changes = LockRefresh.run(stack.request("now"), stack.workplace());

        assertThat(changes.changes())
                .containsExactly(new LockDiff.Change(Layer.PROVENANCE, "observed", "model", "another", "tiny"));
        assertThat(LockFile.read(files.lock())).isEqualTo(lock);
        assertThat(older.id()).isEqualTo(lock.id());
    }

    @Test
    void refuses_a_stack_that_would_get_another_id() throws IOException {
        Lock lock = stack.lock();
        String before = Files.readString(files.lock());
        stack.opaque("tiny@2");

        assertThatThrownBy(() -> LockRefresh.run(stack.request("now"), stack.workplace()))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessage("""
                        %s: is the lock of another stack than the one that answers, so nothing was refreshed. What is not only observed differs:
                          weights value: tiny@1 → tiny@2
                        Put the stack back as it was locked (`lockstep verify` shows more), or make a new lock with `lockstep lock`""".formatted(files.lock()));
        assertThat(files.lock()).hasContent(before);
        assertThat(LockFile.read(files.lock()).id()).isEqualTo(lock.id());
    }

    @Test
    void refuses_a_server_that_was_restarted_meanwhile() {
        stack.visible().lock();
        stack.server().before("/lora-adapters", () -> stack.server().restart("start-2"));

        assertThatThrownBy(() -> LockRefresh.run(stack.request("now"), stack.workplace()))
                .isInstanceOf(LockstepException.class)
                .hasMessageContaining("the server was restarted while it was locked");
    }

    @Test
    void needs_a_lock_to_refresh() {
        assertThatThrownBy(() -> LockRefresh.run(stack.request("now"), stack.workplace()))
                .hasMessage(files.lock() + ": there is no lock; make one with `lockstep lock` while the stack is up");
    }

    private static Lock saying(Lock lock, String model) {
        Map<Layer, LayerState> layers = new EnumMap<>(lock.layers());
        LayerState state = lock.layer(Layer.PROVENANCE);
        layers.put(
                Layer.PROVENANCE,
                LayerState.of(
                        state.pinned(), state.declared(), Map.of("model", TextNode.valueOf(model)), state.unknown()));
        return new Lock(lock.subject(), layers);
    }
}
