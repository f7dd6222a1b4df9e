package dev.lockstep.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterruptionTest {

    @TempDir
    Path folder;

    @Test
    void ends_soon_when_it_is_interrupted_and_asks_no_more() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(4);
        CountDownLatch never = new CountDownLatch(1);
        try (HostedStack stack = new HostedStack(folder).baselined()) {
            stack.server().answer(prompt -> {
                asked.countDown();
                await(never);
                return "late";
            });
            Thread run = Thread.ofVirtual().start(() -> stack.colours().execute());

            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            run.interrupt();

            assertThat(run.join(Duration.ofSeconds(5))).isTrue();
            assertThat(stack.server().prompts()).hasSize(4);
            never.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
