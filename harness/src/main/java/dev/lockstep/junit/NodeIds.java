package dev.lockstep.junit;

import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.UniqueId.Segment;

/**
 * Unique ids, made of the ids of suites and cases alone: the same on every machine, and after every edit that keeps those ids.
 *
 * <p>The segment types are our own: {@code suite} belongs to JUnit's suite engine, in whose tree ours may hang.
 */
final class NodeIds {
    private static final String SUITE = "eval-suite";
    private static final String PART = "eval-part";
    private static final String CASE = "eval-case";
    private static final String CASES = "cases";
    private static final String VERDICT = "verdict";

    private NodeIds() {}

    static UniqueId suite(UniqueId engine, String suiteId) {
        return engine.append(SUITE, suiteId);
    }

    static UniqueId cases(UniqueId suite) {
        return suite.append(PART, CASES);
    }

    static UniqueId evalCase(UniqueId cases, String caseId) {
        return cases.append(CASE, caseId);
    }

    static UniqueId verdict(UniqueId suite) {
        return suite.append(PART, VERDICT);
    }

    /** Returns the suite's id; empty when these segments, which follow the engine's, are none of ours. */
    static Optional<String> suiteId(List<Segment> segments) {
        return segments.isEmpty() ? Optional.empty() : value(segments.get(0), SUITE);
    }

    /** Returns what segments select in their suite; empty when it has no such thing. */
    static Optional<EvalSelector> selector(List<Segment> segments, Suite suite) {
        return switch (segments.size()) {
            case 1 -> Optional.of(new EvalSelector.OfSuite(suite.file()));
            case 2 -> value(segments.get(1), PART).flatMap(part -> part(part, suite));
            case 3 ->
                value(segments.get(1), PART)
                        .filter(CASES::equals)
                        .flatMap(part -> value(segments.get(2), CASE))
                        .filter(id -> suite.cases().stream()
                                .anyMatch(evalCase -> evalCase.id().equals(id)))
                        .map(id -> new EvalSelector.OfCase(suite.file(), id));
            default -> Optional.empty();
        };
    }

    private static Optional<EvalSelector> part(String part, Suite suite) {
        return switch (part) {
            case CASES -> Optional.of(new EvalSelector.OfCases(suite.file()));
            case VERDICT -> Optional.of(new EvalSelector.OfVerdict(suite.file()));
            default -> Optional.empty();
        };
    }

    private static Optional<String> value(Segment segment, String type) {
        return segment.getType().equals(type) ? Optional.of(segment.getValue()) : Optional.empty();
    }
}
