package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.testing.ChatDouble;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockedStackTest {
    @TempDir
    Path folder;

    private ServedStack stack;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void says_how_to_make_a_lock_where_there_is_none() {
        Path lock = new StackFolder(folder).lock();

        assertCannotOpen(stack.request("tonight"), ErrorKind.CONFIG)
                .hasMessage(lock + ": there is no lock; make one with `lockstep lock` while the stack is up");
        assertThat(stack.server().looks()).isZero();
    }

    @Test
    void says_that_the_credentials_do_not_open_it() {
        stack.lock();
        stack.server().forbidLooks();

        assertCannotOpen(stack.request("tonight"), ErrorKind.ENDPOINT)
                .hasMessage(stack.server().url() + "/v1/models: refuses the credentials (HTTP 401); set"
                        + " endpoint.token_file or endpoint.token_env");
    }

    @Test
    void does_not_open_a_server_that_was_restarted_while_it_was_verified() {
        stack.visible().lock();
        stack.server().before("/apply-template", () -> stack.server().restart("start-2"));

        RunRequest request = stack.request("unused");
        assertThatThrownBy(() -> LockedStack.open(request, stack.workplace()))
                .isInstanceOf(LockstepException.class)
                .hasMessageMatching(
                        "the server was restarted while it was verified \\(epoch marker:\\p{XDigit}{16}, then"
                                + " marker:\\p{XDigit}{16}\\); start the same command again");
        try (LockedStack locked = LockedStack.open(request, stack.workplace())) {
            assertThat(locked.currentStarts().epoch()).isEqualTo(locked.epoch());
        }
    }

    @Test
    void reads_the_probes_of_its_lock() throws IOException {
        Path probes = new StackFolder(folder).probes(stack.lock().id());
        Files.writeString(probes, "{}");

        assertCannotOpen(stack.request("tonight"), ErrorKind.CONFIG)
                .hasMessage(
                        probes + ": 'schema' is , expected \"probes/1\"; restore it from version control, or record the"
                                + " probes again");
    }

    @Test
    void takes_the_operators_word_for_the_start_where_none_can_be_seen() {
        stack.lock();

        assertThat(epoch(stack.request("monday"))).isEqualTo("monday");
        assertThat(epoch(stack.request(Optional.empty()))).isEqualTo("unknown");
    }

    @Test
    void reads_the_start_where_it_can_be_seen() {
        stack.visible().lock();
        String first = epoch(stack.request("monday"));
        stack.server().restart("start-2");

        assertThat(first).matches("marker:\\p{XDigit}{16}");
        assertThat(epoch(stack.request("monday")))
                .matches("marker:\\p{XDigit}{16}")
                .isNotEqualTo(first);
    }

    @Test
    void asks_another_address_when_one_is_named() {
        stack.lock();
        RunRequest usual = stack.request("tonight");
        try (ChatDouble elsewhere = new ChatDouble()) {
            RunRequest request = new RunRequest(
                    usual.stack(),
                    usual.folder(),
                    usual.policy(),
                    usual.runningName(),
                    Optional.of(elsewhere.url()),
                    usual.epoch());
            stack.server().close();

            try (LockedStack locked = LockedStack.open(request, stack.workplace())) {
                assertThat(locked.endpoint().url()).isEqualTo(elsewhere.url());
                assertThat(locked.verification().broken()).isEmpty();
            }
        }
    }

    @Test
    void counts_every_layer_as_unverified_that_only_the_operator_or_the_server_speaks_of() {
        stack.lock();

        try (LockedStack locked = LockedStack.open(stack.request("tonight"), stack.workplace())) {
            assertThat(locked.unverified()).containsExactlyInAnyOrder(Layer.values());
        }
    }

    @Test
    void leaves_out_layers_that_were_verified_or_that_the_stack_has_not() {
        stack.visible().lock();

        try (LockedStack locked = LockedStack.open(stack.request("tonight"), stack.workplace())) {
            assertThat(locked.unverified())
                    .contains(Layer.WEIGHTS, Layer.ENGINE)
                    .doesNotContain(Layer.TEMPLATE, Layer.TOKENIZER)
                    .doesNotContain(Layer.DERIVATION);
        }
    }

    private String epoch(RunRequest request) {
        try (LockedStack locked = LockedStack.open(request, stack.workplace())) {
            return locked.epoch();
        }
    }

    private AbstractThrowableAssert<?, ?> assertCannotOpen(RunRequest request, ErrorKind kind) {
        return assertThatThrownBy(() -> LockedStack.open(request, stack.workplace()))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(kind));
    }
}
