package dev.lockstep.run;

import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Asks planned samples of one endpoint, which may be several servers, on virtual threads.
 *
 * <p>When {@value #OUTAGE} samples in a row fail the endpoint is down: the rest stays unasked.
 */
public final class Runner {
    static final int OUTAGE = 5;

    private final Spread spread;
    private final RequestTemplate template;
    private final String epoch;
    private final Forcing forcing;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    /** Makes a runner that asks one address. */
    public Runner(ModelClient client, RequestTemplate template, String epoch, Forcing forcing) {
        this(Spread.over(client), template, epoch, forcing);
    }

    public Runner(Spread spread, RequestTemplate template, String epoch, Forcing forcing) {
        this.spread = spread;
        this.template = template;
        this.epoch = epoch;
        this.forcing = forcing;
    }

    /** Returns whether the endpoint was given up. */
    public boolean endpointIsDown() {
        return failuresInARow.get() >= OUTAGE;
    }

    /**
     * Asks the samples in their order, {@code workers} at once, and hands each to {@code sink} as soon as it ended.
     *
     * @throws CancellationException when the calling thread is interrupted; what was handed on stays
     */
    public void ask(List<PlannedSample> planned, int workers, Consumer<Sample> sink) {
        Queue<PlannedSample> waiting = new ConcurrentLinkedQueue<>(planned);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = IntStream.range(0, workers)
                    .mapToObj(worker -> threads.submit(() -> work(waiting, sink)))
                    .toList();
            awaitAll(running, threads);
        }
    }

    /** Asks one sample. */
    public Sample ask(PlannedSample planned) {
        Spread.Target target = spread.of(planned.evalCase());
        Exchange exchange = target.client()
                .post(
                        "/v1/chat/completions",
                        template.body(planned),
                        planned.evalCase().timeout());
        Sample.Outcome outcome = outcome(exchange);
        if (outcome == Sample.Outcome.FAILED) {
            failuresInARow.incrementAndGet();
        } else {
            failuresInARow.set(0);
        }
        Sample sample = new Sample(
                planned.key(),
                planned.seed(),
                replica(target, exchange),
                epoch,
                template.recorded(planned),
                exchange,
                outcome);
        return outcome == Sample.Outcome.ANSWERED ? sample.with(forcing.force(planned, sample)) : sample;
    }

    /** A server that was asked by its own address has the name that verification gave it. */
    private static String replica(Spread.Target target, Exchange exchange) {
        return target.replica().equals(Spread.UNNAMED)
                ? exchange.headers().getOrDefault("x-replica", Spread.UNNAMED)
                : target.replica();
    }

    private void work(Queue<PlannedSample> waiting, Consumer<Sample> sink) {
        while (!endpointIsDown() && !Thread.currentThread().isInterrupted()) {
            PlannedSample next = waiting.poll();
            if (next == null) {
                return;
            }
            sink.accept(ask(next));
        }
    }

    private static void awaitAll(List<? extends Future<?>> asked, ExecutorService threads) {
        try {
            for (Future<?> future : asked) {
                future.get();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while samples were asked");
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a sample could not be recorded", e.getCause());
        }
    }

    private static Sample.Outcome outcome(Exchange exchange) {
        if (exchange.succeeded()) {
            return AnswerReader.read(exchange.body()).isPresent() ? Sample.Outcome.ANSWERED : Sample.Outcome.FAILED;
        }
        return switch (exchange.status()) {
            case 0, 401, 403, 404, 408, 429, 502, 503, 504 -> Sample.Outcome.FAILED;
            default -> Sample.Outcome.REFUSED;
        };
    }
}
