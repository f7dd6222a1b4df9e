package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int PLACES = 4;
    private static final int QUESTIONS = 40;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch gate = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void as_many_requests_as_there_are_places_run_at_once_and_never_more() throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        EndpointConfig config = new EndpointConfig(
                url,
                new Credential.None(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                PLACES,
                Duration.ofSeconds(20),
                0);
        try (ModelClient client = ModelClients.open(config, Map.of(), new FixedTime())) {
            List<Future<Exchange>> asked = IntStream.range(0, QUESTIONS)
                    .mapToObj(i -> threads.submit(() -> ask(client)))
                    .toList();
            assertThat(arrivals.tryAcquire(PLACES, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(arrivals.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            gate.countDown();
            for (Future<Exchange> one : asked) {
                assertThat(one.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
        assertThat(most).hasValue(PLACES);
    }

    private static Exchange ask(ModelClient client) {
        return client.post("/", JsonNodeFactory.instance.objectNode(), Duration.ofSeconds(20));
    }

    private void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        arrivals.release();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            gate.await(20, TimeUnit.SECONDS);
            inside.decrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
