package dev.lockstep.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Position;
import dev.lockstep.document.Sha256;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.ScorerSpec;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Cases and suites for tests. */
public final class Cases {
    private static final Path FILE = Path.of("suite.yaml");

    private Cases() {}

    /** A text case, scored by {@code exact}, asked once for each seed. */
    public static EvalCase scored(String suite, String id, String prompt, String answer, int repetitions) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.putArray("answers").add(answer);
        return build(suite, id, prompt, List.of(), reference, List.of(exact()), repetitions);
    }

    /** A fingerprint case. */
    public static EvalCase fingerprint(String suite, String id, String prompt, String... tags) {
        return build(suite, id, prompt, List.of(tags), JsonNodeFactory.instance.objectNode(), List.of(), 1);
    }

    /** The suite {@code prints}: fingerprint cases p-01, p-02 …, each with its id as the last word of its prompt. */
    public static Suite prints(int cases) {
        return suite(
                "prints",
                Suite.Role.FINGERPRINT,
                ids("p", cases)
                        .map(id -> fingerprint("prints", id, "Print " + id))
                        .toList());
    }

    /** The suite {@code words}: scored cases w-01, w-02 …, whose answer is the last word of their prompt. */
    public static Suite words(int cases) {
        return suite(
                "words",
                Suite.Role.SCORES,
                ids("w", cases)
                        .map(id -> scored("words", id, "Say " + id, id, 1))
                        .toList());
    }

    /** The suite {@code draws}: cases d-01, d-02 …, each sampled so often. */
    public static Suite draws(int cases, int repetitions) {
        return suite(
                "draws",
                Suite.Role.SAMPLES,
                ids("d", cases)
                        .map(id -> build(
                                "draws",
                                id,
                                "Draw " + id,
                                List.of(),
                                JsonNodeFactory.instance.objectNode(),
                                List.of(),
                                repetitions))
                        .toList());
    }

    private static Stream<String> ids(String letter, int cases) {
        return IntStream.rangeClosed(1, cases)
                .mapToObj(number -> String.format(Locale.ROOT, "%s-%02d", letter, number));
    }

    public static Suite suite(String id, Suite.Role role, List<EvalCase> cases) {
        return new Suite(id, "1.0.0", "for tests", role, Set.of(), List.of(), cases, FILE);
    }

    private static ScorerSpec exact() {
        return new ScorerSpec("exact", 1, JsonNodeFactory.instance.objectNode(), new Position(FILE, 1, 1));
    }

    private static EvalCase build(
            String suite,
            String id,
            String prompt,
            List<String> tags,
            ObjectNode reference,
            List<ScorerSpec> scorers,
            int repetitions) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return new EvalCase(
                suite,
                id,
                tags,
                Optional.empty(),
                body,
                JsonNodeFactory.instance.objectNode().put("temperature", 0).put("max_tokens", 8),
                LongStream.range(11, 11 + repetitions).boxed().toList(),
                5,
                Duration.ofSeconds(10),
                List.of(),
                reference,
                scorers,
                new Position(FILE, 1, 1),
                Sha256.of(id + prompt + reference));
    }
}
