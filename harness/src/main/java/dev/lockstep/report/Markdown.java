package dev.lockstep.report;

import java.util.Arrays;
import java.util.List;

/** GitHub-flavoured Markdown in which no value can break a table or become markup. */
final class Markdown {
    private Markdown() {}

    /** Returns a text without markup, on one line. */
    static String text(String value) {
        return oneLine(value)
                .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }

    /** Returns a value in code style, on one line; nothing for nothing. */
    static String code(String value) {
        if (value.isEmpty()) {
            return "";
        }
        String line = oneLine(value).replace("|", "\\|");
        String fence = "`".repeat(longestRun(line, '`') + 1);
        boolean touches = line.startsWith("`") || line.endsWith("`");
        return touches ? fence + " " + line + " " + fence : fence + line + fence;
    }

    /** Returns the two lines that open a table. */
    static List<String> header(String... titles) {
        String[] rules = new String[titles.length];
        Arrays.fill(rules, "---");
        return List.of(row(titles), row(rules));
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String oneLine(String value) {
        return value.replaceAll("\\R", "⏎");
    }

    private static int longestRun(String line, char wanted) {
        int longest = 0;
        int run = 0;
        for (int index = 0; index < line.length(); index++) {
            run = line.charAt(index) == wanted ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
