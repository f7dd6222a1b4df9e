package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** A marker class of a user, without a server: every test is there, and red. */
class MarkerClassTest {

    @TempDir
    Path folder;

    @Suite
    @IncludeEngines("lockstep")
    @SelectDirectories("src/test/java")
    static class NoSuite {}

    @Test
    void each_case_and_the_verdict_are_red_when_no_server_answers() throws IOException {
        LockFile.write(folder.resolve("stack.lock.json"), lock());
        String url = "http://127.0.0.1:" + closedPort();

        TestExecutionSummary summary = run(
                ShopEvals.class,
                Map.of(
                        "lockstep.stack", "src/test/stack",
                        "lockstep.store", folder.toString(),
                        "lockstep.home", folder.resolve("home").toString(),
                        "lockstep.url", url));

        Map<String, LockstepException> failures = failures(summary);
        assertAllRed(summary, failures);
        String reason = url + "/v1/models: does not answer (no connection); start the stack; if it serves elsewhere now, name the"
                + " address: --url, in tests lockstep.url, for good endpoint.url";
        assertEquals(ErrorKind.ENDPOINT, failures.get("shipping").kind());
        assertEquals(reason, failures.get("shipping").getMessage());
        assertEquals("INVALID: " + reason, failures.get("verdict").getMessage());
    }

    @Test
    void each_case_and_the_verdict_are_red_when_no_stack_is_named() {
        TestExecutionSummary summary = run(ShopEvals.class, Map.of());

        Map<String, LockstepException> failures = failures(summary);
        assertAllRed(summary, failures);
        failures.values().forEach(failure -> {
            assertEquals(ErrorKind.CONFIG, failure.kind());
            assertTrue(failure.getMessage().startsWith("lockstep.stack is not set; "), failure.getMessage());
        });
    }

    @Test
    void a_marker_class_without_a_suite_is_red() {
        TestExecutionSummary summary = run(NoSuite.class, Map.of());

        assertEquals(0, summary.getTestsFoundCount());
        assertEquals(1, summary.getTotalFailureCount());
    }

    private static void assertAllRed(TestExecutionSummary summary, Map<String, LockstepException> failures) {
        assertAll(
                () -> assertEquals(Set.of("shipping", "verdict"), failures.keySet()),
                () -> assertEquals(2, summary.getTestsFoundCount()),
                () -> assertEquals(2, summary.getTestsStartedCount()),
                () -> assertEquals(2, summary.getTestsFailedCount()));
    }

    /** Runs a marker class as Surefire does: engines are found by the jar's own registration. */
    private static TestExecutionSummary run(Class<?> marker, Map<String, String> parameters) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(marker))
                                .configurationParameters(parameters)
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static Map<String, LockstepException> failures(TestExecutionSummary summary) {
        Map<String, LockstepException> failures = new TreeMap<>();
        summary.getFailures()
                .forEach(failure -> failures.put(
                        failure.getTestIdentifier().getDisplayName(), (LockstepException) failure.getException()));
        return failures;
    }

    private static Lock lock() {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        return new Lock("shop", layers);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
