package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpRequest;
import dev.lockstep.document.LockstepException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A client that repeats what may be repeated.
 *
 * <p>A question keeps its place among the concurrent ones while it waits to be asked again: the order of questions stays what
 * it was, and a server in trouble gets fewer of them.
 */
final class RetryingModelClient implements ModelClient {
    private final EndpointConfig config;
    private final String root;
    private final BearerToken token;
    private final Http1Client http;
    private final Time time;
    private final Semaphore places;

    RetryingModelClient(EndpointConfig config, BearerToken token, Http1Client http, Time time) {
        this.config = config;
        this.root = config.url().toString().replaceAll("/+$", "");
        this.token = token;
        this.http = http;
        this.time = time;
        this.places = new Semaphore(config.concurrency(), true);
    }

    @Override
    public Exchange post(String path, JsonNode body, Duration timeout) {
        return ask(new Question.Post(path, WireJson.compact(body), shorter(timeout)));
    }

    @Override
    public Exchange get(String path, Duration timeout) {
        return ask(new Question.Get(path, shorter(timeout)));
    }

    @Override
    public Exchange head(String path, Duration timeout) {
        return ask(new Question.Head(path, shorter(timeout)));
    }

    @Override
    public void close() {
        http.close();
    }

    private Duration shorter(Duration timeout) {
        return timeout.compareTo(config.timeout()) < 0 ? timeout : config.timeout();
    }

    private Exchange ask(Question question) {
        Course course = new Course(time.now(), time.nanos());
        try {
            places.acquire();
            try {
                return untilDone(question, course);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while asking " + root + question.path()).initCause(e);
        }
    }

    private Exchange untilDone(Question question, Course course) throws InterruptedException {
        Patience patience = new Patience(config.retries());
        List<Attempt> failed = new ArrayList<>();
        while (true) {
            long sentMicros = TimeUnit.NANOSECONDS.toMicros(time.nanos() - course.start);
            Trial trial = attempt(question);
            trial.failure().ifPresent(failed::add);
            if (!patience.lastsAfter(trial.kind())) {
                Timing timing = course.timing(sentMicros, trial.elapsed());
                return new Exchange(trial.status(), trial.body(), trial.headers(), timing, failed);
            }
            if (!trial.blamesTheRequest()) {
                time.sleep(Backoff.after(failed.size(), trial.retryAfter(), time.now()));
            }
        }
    }

    private Trial attempt(Question question) throws InterruptedException {
        Optional<Secret> bearer;
        try {
            bearer = token.read();
        } catch (LockstepException e) {
            return Trial.lost(String.valueOf(e.getMessage()), Elapsed.NOTHING);
        }
        HttpRequest.Builder request = question.request(root + question.path());
        config.headers().forEach((name, value) -> request.addHeader(name, value.reveal()));
        bearer.ifPresent(secret -> request.addHeader("Authorization", "Bearer " + secret.reveal()));
        return judge(bearer)
                .judge(question, http.send(JdkRequest.of(question.method(), request.build()), question.timeout()));
    }

    private Judge judge(Optional<Secret> bearer) {
        List<Secret> secrets = new ArrayList<>(config.headers().values());
        bearer.ifPresent(secrets::add);
        return new Judge(new Mask(secrets));
    }

    /** When a question came in. */
    private record Course(Instant queued, long start) {
        Timing timing(long sentMicros, Elapsed elapsed) {
            long firstByte = elapsed.firstByteMicros() < 0 ? -1 : sentMicros + elapsed.firstByteMicros();
            return new Timing(queued, sentMicros, firstByte, sentMicros + elapsed.doneMicros());
        }
    }
}
