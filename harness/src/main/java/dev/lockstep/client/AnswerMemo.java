package dev.lockstep.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers of one run, each read from its body once, however often it is compared.
 *
 * @param <K> what names an answer
 */
public final class AnswerMemo<K> {
    private final Map<K, Optional<Answer>> answers = new ConcurrentHashMap<>();

    /** Returns the answer of this name; empty where there is none. The same name always goes with the same answer. */
    public Optional<Answer> read(K name, Supplier<Optional<Answer>> reader) {
        return answers.computeIfAbsent(name, unread -> reader.get());
    }
}
