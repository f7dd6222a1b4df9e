package dev.lockstep.client;

import static dev.langchain4j.http.client.sse.ServerSentEventListenerUtils.ignoringExceptions;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes a stream on and tells its end once: closed or failed, not both. What a listener throws is dropped, as LangChain4j does. */
final class OneEndListener implements ServerSentEventListener {
    private final ServerSentEventListener listener;
    private final AtomicBoolean ended = new AtomicBoolean();

    OneEndListener(ServerSentEventListener listener) {
        this.listener = listener;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        ignoringExceptions(() -> listener.onOpen(response));
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        listener.onEvent(event, context);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        listener.onEvent(event);
    }

    @Override
    public void onError(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            ignoringExceptions(() -> listener.onError(error));
        }
    }

    @Override
    public void onClose() {
        if (ended.compareAndSet(false, true)) {
            ignoringExceptions(listener::onClose);
        }
    }
}
