package dev.lockstep.stack;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The software that answers; {@link #OPENAI} is any server of which only the chat format is known. */
public enum Engine {
    LLAMA_CPP("llama.cpp"),
    VLLM("vllm"),
    OLLAMA("ollama"),
    OPENAI("openai");

    private final String key;

    Engine(String key) {
        this.key = key;
    }

    /** Returns the name in {@code stack.yaml}. */
    public String key() {
        return key;
    }

    static Map<String, Engine> byKey() {
        return new TreeMap<>(Arrays.stream(values()).collect(Collectors.toMap(Engine::key, engine -> engine)));
    }
}
