package dev.lockstep.client;

import java.util.List;
import java.util.Map;

/**
 * A request's last answer, as it was received.
 *
 * @param status the HTTP status; 0 when no answer came, or only a part of one
 * @param body the body as text; empty when the status is 0
 * @param headers the allow-listed response headers, names in lower case
 * @param attempts the failed attempts, the last one included when {@link #succeeded()} is false
 */
public record Exchange(int status, String body, Map<String, String> headers, Timing timing, List<Attempt> attempts) {

    public Exchange {
        headers = Map.copyOf(headers);
        attempts = List.copyOf(attempts);
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Returns why it cannot be used, when it failed: its last attempt's error, or what is wrong with its body. */
    public String failure() {
        return attempts.isEmpty() ? lastError() + ", but the body is no chat completion" : lastError();
    }

    /** Returns why the last attempt gave nothing; the status, when none failed. */
    public String lastError() {
        return attempts.isEmpty() ? "status " + status : attempts.getLast().error();
    }
}
