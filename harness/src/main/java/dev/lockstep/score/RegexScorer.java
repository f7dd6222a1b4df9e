package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code regex}: {@code reference.pattern} (Java syntax) matches the whole text, or with {@code find: true} a part of it. */
final class RegexScorer implements Scorer {

    @Override
    public String name() {
        return "regex";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        String pattern = reference.path("pattern").asText();
        String text = PlainText.of(answer.text(), false);
        Matcher matcher = Pattern.compile(pattern).matcher(new BoundedText(text));
        boolean find = parameters.path("find").asBoolean();
        return DeepStack.call(() -> find ? matcher.find() : matcher.matches())
                .map(matches -> matches
                        ? Judgement.by(this).right("matches " + pattern)
                        : Judgement.by(this).wrong("is " + Excerpt.of(text) + ", which does not match " + pattern))
                .orElseGet(() -> Judgement.by(this)
                        .unparseable("the pattern " + pattern + " backtracks too much on " + Excerpt.of(text)
                                + "; write it with fewer repetitions"));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        Mistakes mistakes = Mistakes.of(this)
                .need(reference, "pattern", "a regular expression", JsonNode::isTextual)
                .flags(parameters, "find");
        try {
            Pattern.compile(reference.path("pattern").asText());
        } catch (PatternSyntaxException e) {
            mistakes.add("cannot read 'reference.pattern' " + e.getPattern() + ": " + e.getDescription()
                    + " near index " + e.getIndex() + "; correct it");
        }
        return mistakes.list();
    }
}
