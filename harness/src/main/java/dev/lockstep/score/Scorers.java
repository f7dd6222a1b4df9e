package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.ScorerCatalog;
import dev.lockstep.suite.ScorerSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The scorers that suites may name. */
public final class Scorers implements ScorerCatalog {
    private final Map<String, Scorer> byName = new TreeMap<>();

    private Scorers(List<Scorer> scorers) {
        scorers.forEach(scorer -> byName.put(scorer.name(), scorer));
    }

    /** Returns {@code contains, exact, json_schema, numeric, regex, tool_call}. */
    public static Scorers standard() {
        return new Scorers(List.of(
                new ExactScorer(),
                new ContainsScorer(),
                new RegexScorer(),
                new NumericScorer(),
                new JsonSchemaScorer(),
                new ToolCallScorer()));
    }

    /**
     * Scores an answer by each scorer of its case, in their order; thinking in the text does not count.
     *
     * @throws LockstepException when the case was read with another version of a scorer
     */
    public List<Score> score(EvalCase evalCase, Answer answer) {
        Answer plain = Thinking.removedFrom(answer);
        return evalCase.scorers().stream()
                .map(spec -> scorer(evalCase, spec).score(plain, evalCase.reference(), spec.parameters()))
                .toList();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    @Override
    public int version(String name) {
        return known(name).version();
    }

    @Override
    public List<String> mistakes(String name, ObjectNode parameters, JsonNode reference) {
        return known(name).mistakes(parameters, reference);
    }

    private Scorer scorer(EvalCase evalCase, ScorerSpec spec) {
        Scorer scorer = known(spec.name());
        if (scorer.version() != spec.version()) {
            throw new LockstepException(
                    ErrorKind.SCORER,
                    evalCase.position() + ": case '" + evalCase.id() + "' was read for " + spec.label()
                            + ", but version " + scorer.version() + " is here; read the suite again");
        }
        return scorer;
    }

    private Scorer known(String name) {
        Scorer scorer = byName.get(name);
        if (scorer == null) {
            throw new IllegalArgumentException("there is no scorer '" + name + "'");
        }
        return scorer;
    }
}
