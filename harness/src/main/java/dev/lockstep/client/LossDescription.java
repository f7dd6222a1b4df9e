package dev.lockstep.client;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in one sentence why a connection brought no answer. */
final class LossDescription {
    private LossDescription() {}

    static String of(Throwable cause, boolean answerBegun) {
        return switch (cause) {
            case HttpConnectTimeoutException timeout -> "no connection in time" + because(timeout);
            case ConnectException refused -> "no connection" + because(refused);
            case SSLException tls ->
                "the TLS handshake failed" + because(tls)
                        + "; when a private authority signed the certificate, give its PEM file to the endpoint";
            default ->
                answerBegun
                        ? "the connection broke in the middle of the answer" + because(cause)
                        : "the connection closed before an answer came" + because(cause);
        };
    }

    static String ofTimeout(Duration timeout, boolean answerBegun) {
        return answerBegun
                ? "the answer began but was not complete after " + timeout.toMillis() + " ms"
                : "no answer within " + timeout.toMillis() + " ms";
    }

    private static String because(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? "" : ": " + message;
    }
}
