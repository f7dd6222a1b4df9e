package dev.lockstep.report;

import dev.lockstep.client.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer as the report shows it: the place where it parts from its counterpart is marked. */
final class AnswerText {
    private static final int MOST_BEFORE = 240;
    private static final int MOST_AFTER = 480;

    private AnswerText() {}

    /** Returns one answer, marked where it parts from the other; tokens decide where both have them. */
    static Html html(SampleView shown, SampleView other) {
        if (shown.tokens().isEmpty() || other.tokens().isEmpty()) {
            return byText(shown.text(), other.text());
        }
        return TokenComparison.of(new SamplePair(shown.key(), shown, other))
                .map(comparison -> byToken(shown.tokens(), comparison))
                .orElse(Html.tag("pre", shown.text()));
    }

    /** Returns a token with its blanks made visible. */
    static String visible(String token) {
        return token.isBlank() ? token.replace(" ", "␣").replace("\n", "⏎").replace("\t", "⇥") : token;
    }

    private static Html byToken(List<Answer.Token> tokens, TokenComparison comparison) {
        if (comparison.sameTokens()) {
            return Html.tag("pre", join(tokens));
        }
        int index = comparison.firstDifference().orElseThrow();
        String before = join(tokens.subList(0, Math.min(index, tokens.size())));
        Optional<String> token =
                index < tokens.size() ? Optional.of(tokens.get(index).text()) : Optional.empty();
        String after = index < tokens.size() ? join(tokens.subList(index + 1, tokens.size())) : "";
        return marked(before, token, after);
    }

    private static Html byText(String text, String other) {
        if (text.equals(other)) {
            return Html.tag("pre", text);
        }
        int shared = 0;
        while (shared < Math.min(text.length(), other.length()) && text.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        if (shared > 0 && shared < text.length() && Character.isLowSurrogate(text.charAt(shared))) {
            shared--;
        }
        int end = Math.min(shared + 1, text.length());
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        Optional<String> rest = shared < text.length() ? Optional.of(text.substring(shared, end)) : Optional.empty();
        return marked(text.substring(0, shared), rest, text.substring(end));
    }

    private static Html marked(String before, Optional<String> token, String after) {
        Html mark = Html.tag("mark", token.map(AnswerText::visible).orElse("(end)"));
        return Html.tag("pre", Html.text(tail(before)), mark, Html.text(head(after)));
    }

    private static String tail(String text) {
        int from = text.length() - MOST_BEFORE;
        if (from <= 0) {
            return text;
        }
        return "… " + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    private static String head(String text) {
        if (text.length() <= MOST_AFTER) {
            return text;
        }
        int to = Character.isLowSurrogate(text.charAt(MOST_AFTER)) ? MOST_AFTER - 1 : MOST_AFTER;
        return text.substring(0, to) + " …";
    }

    private static String join(List<Answer.Token> tokens) {
        return tokens.stream().map(Answer.Token::text).collect(Collectors.joining());
    }
}
