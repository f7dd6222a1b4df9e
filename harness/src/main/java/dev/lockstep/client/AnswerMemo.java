package dev.lockstep.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers of one run, each read from its body once, however often it is compared.
 *
 * @param <K> what names an answer
 */
public final class AnswerMemo<K> {
    private final Map<K, Optional<Answer>> answers = new ConcurrentHashMap<>();

    /** Returns the answer of this name; empty where its body holds none. The same name always goes with the same body. */
    public Optional<Answer> read(K name, Exchange exchange) {
        return answers.computeIfAbsent(name, unread -> AnswerReader.read(exchange.body()));
    }
}
