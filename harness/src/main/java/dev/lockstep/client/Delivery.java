package dev.lockstep.client;

import java.net.http.HttpResponse;

/** What became of one request on the network. */
sealed interface Delivery {

    Elapsed elapsed();

    /** A whole answer, of whatever status. */
    record Received(HttpResponse<byte[]> response, Elapsed elapsed) implements Delivery {}

    /** The time was up before the whole answer was there. */
    record TimedOut(String error, Elapsed elapsed) implements Delivery {}

    /** The connection failed: before, or in the middle of the answer. */
    record Lost(String error, Throwable cause, Elapsed elapsed) implements Delivery {}
}
