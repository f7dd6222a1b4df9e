package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/** Small suites cut out of the shipped ones, so that a test takes seconds. */
final class SmallSuites {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int SCORED = 12;
    private static final int FINGERPRINTS = 32;
    private static final int FEW_FINGERPRINTS = 6;
    private static final int GREEDY = 16;
    private static final int SAMPLED = 10;
    private static final Set<String> TEXT = Set.of("natural-stop", "length-10");

    private SmallSuites() {}

    static Path shipped() {
        return Wrapper.scripts().resolveSibling("suites");
    }

    /** Twelve cases of the text suite. */
    static Path text(Path folder) throws IOException {
        ObjectNode suite = read("tiny-text");
        cut(suite, SCORED, evalCase -> true);
        return write(folder, suite);
    }

    /**
     * Thirty-two text prompts of the fingerprint suite, short answers, each asked with as many seeds.
     *
     * <p>With ten seeds two runs make 320 comparisons, enough to call a stack deterministic.
     */
    static Path fingerprint(Path folder, int seeds) throws IOException {
        return fingerprint(folder, seeds, FINGERPRINTS);
    }

    /** Six text prompts of the fingerprint suite, short answers: for a model that takes a second for each. */
    static Path fewFingerprints(Path folder) throws IOException {
        return fingerprint(folder, 1, FEW_FINGERPRINTS);
    }

    /**
     * Sixteen greedy text prompts, each asked twenty times: no sampler that picks among several tokens moves them.
     *
     * <p>Two runs make 320 comparisons, enough to call a stack deterministic.
     */
    static Path greedy(Path folder) throws IOException {
        ObjectNode suite = fingerprints(20);
        suite.withObject("/sampling").put("top_k", 1);
        cut(
                suite,
                GREEDY,
                evalCase -> TEXT.contains(evalCase.path("stratum").asText())
                        && evalCase.path("id").asText().endsWith("-greedy"));
        return write(folder, suite);
    }

    /** Ten text prompts of the suite of samples, twenty short answers each. */
    static Path samples(Path folder) throws IOException {
        ObjectNode suite = read("tiny-samples");
        suite.remove("tools");
        suite.remove("media");
        suite.putArray("requires").add("logprobs");
        suite.withObject("/sampling").put("max_tokens", 16);
        cut(suite, SAMPLED, evalCase -> evalCase.path("id").asText().startsWith("text-"));
        return write(folder, suite);
    }

    private static Path fingerprint(Path folder, int seeds, int prompts) throws IOException {
        ObjectNode suite = fingerprints(seeds);
        cut(suite, prompts, evalCase -> TEXT.contains(evalCase.path("stratum").asText()));
        return write(folder, suite);
    }

    private static ObjectNode fingerprints(int seeds) throws IOException {
        ObjectNode suite = read("tiny-fingerprint");
        suite.remove("tools");
        suite.remove("media");
        suite.putArray("requires").add("logprobs");
        suite.withObject("/sampling").put("max_tokens", 8);
        suite.put("repetitions", seeds);
        ArrayNode numbers = suite.putArray("seeds");
        for (int seed = 1; seed <= seeds; seed++) {
            numbers.add(seed);
        }
        return suite;
    }

    private static ObjectNode read(String name) throws IOException {
        return (ObjectNode)
                YAML.readTree(shipped().resolve(name).resolve("suite.yaml").toFile());
    }

    private static void cut(ObjectNode suite, int most, Predicate<JsonNode> wanted) {
        JsonNode all = suite.path("cases");
        ArrayNode kept = suite.putArray("cases");
        all.valueStream().filter(wanted).limit(most).forEach(kept::add);
    }

    private static Path write(Path folder, ObjectNode suite) throws IOException {
        Path place = Files.createDirectories(folder.resolve(suite.path("id").asText()));
        YAML.writeValue(place.resolve("suite.yaml").toFile(), suite);
        return place;
    }
}
