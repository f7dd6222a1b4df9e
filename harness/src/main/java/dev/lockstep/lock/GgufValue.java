package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A value in the metadata of a GGUF file. */
sealed interface GgufValue {

    /** Returns the value itself; empty when it is a long list. */
    Optional<JsonNode> plain();

    /** A value as it is. */
    record Plain(JsonNode value) implements GgufValue {
        @Override
        public Optional<JsonNode> plain() {
            return Optional.of(value);
        }
    }

    /**
     * A list that is too long to be kept in memory, such as the tokens of a vocabulary.
     *
     * @param sha256 digest of its canonical JSON
     */
    record LongList(String sha256, long length) implements GgufValue {
        @Override
        public Optional<JsonNode> plain() {
            return Optional.empty();
        }
    }
}
