package dev.lockstep.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * What a llama.cpp server counted since its start, as its {@code /metrics} say.
 *
 * @param prompt tokens of prompts that were computed, cached ones left out
 * @param predicted tokens that were generated
 */
record ServerCounters(long prompt, long predicted) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static ServerCounters of(URI server) throws IOException, InterruptedException {
        String metrics = metrics(server);
        return new ServerCounters(
                value(metrics, "llamacpp:prompt_tokens_total"), value(metrics, "llamacpp:tokens_predicted_total"));
    }

    /** Reads the counters as soon as no request is being worked on. */
    static ServerCounters whenIdle(URI server) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (value(metrics(server), "llamacpp:requests_processing") > 0) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(server + " works on a request that nobody waits for");
            }
        }
        return of(server);
    }

    ServerCounters minus(ServerCounters other) {
        return new ServerCounters(prompt - other.prompt, predicted - other.predicted);
    }

    private static String metrics(URI server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics"))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static long value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in:\n" + metrics));
    }
}
