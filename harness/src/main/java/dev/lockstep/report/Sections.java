package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The shapes that sections of a page share. */
final class Sections {
    private static final Pattern BEFORE_A_WORD = Pattern.compile("(?= [^']*(?:'[^']*'[^']*)*$)");

    private Sections() {}

    /** Returns a section with a heading, a sentence that says how to read it, and its content. */
    static Html section(String id, String title, String lead, Html... content) {
        Html.Element section =
                Html.tag("section", Html.tag("h2", title).with("id", id)).with("aria-labelledby", id);
        if (!lead.isEmpty()) {
            section = section.plus(Html.tag("p", lead).classed("lead"));
        }
        return section.plus(Html.all(content));
    }

    static Html code(String value) {
        return value.isEmpty() ? Html.text("–") : Html.tag("code", value);
    }

    /** Returns commands to be pasted, one block each. */
    static Html commands(List<String> commands) {
        return Html.all(commands.stream().map(Sections::command).toList());
    }

    /** Each word, quotes and all, stands in an element that is never broken: a long command is broken between words alone. */
    private static Html command(String command) {
        List<Html> pieces = new ArrayList<>();
        for (String word : BEFORE_A_WORD.split(command, -1)) {
            String bare = word.stripLeading();
            pieces.add(Html.text(word.substring(0, word.length() - bare.length())));
            pieces.add(Html.tag("span", bare));
        }
        return Html.tag("pre", pieces).classed("command").with("tabindex", "0");
    }

    /** Returns text that keeps its line ends; long text is folded away behind its first line. */
    static Html longText(String text) {
        Html whole = Html.tag("pre", text);
        List<String> lines = text.lines().limit(4).toList();
        if (text.length() <= 240 && lines.size() <= 3) {
            return whole;
        }
        String first = lines.isEmpty() ? "" : lines.getFirst();
        return Html.tag("details", Html.tag("summary", head(first) + " …"), whole);
    }

    private static String head(String line) {
        int length = line.codePointCount(0, line.length());
        return line.substring(0, line.offsetByCodePoints(0, Math.min(118, length)));
    }

    /** Returns a list of names and values. */
    static Html facts(List<Fact> facts) {
        Html.Element list = Html.tag("dl").classed("facts");
        for (Fact fact : facts) {
            list = list.plus(Html.tag("div", Html.tag("dt", fact.name()), Html.tag("dd", fact.value())));
        }
        return list;
    }

    /** A name and its value. */
    record Fact(String name, Html value) {
        static Fact of(String name, String value) {
            return new Fact(name, Html.text(value));
        }
    }
}
