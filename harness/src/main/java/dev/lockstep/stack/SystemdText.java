package dev.lockstep.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of the section {@code [Service]} of a unit file, drop-ins behind it, in their order. */
final class SystemdText {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[([^\\]]+)]\\s*");
    private static final Pattern SETTING = Pattern.compile("\\s*(\\w+)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final String SERVICE = "Service";

    private final List<Setting> settings = new ArrayList<>();

    /** One line {@code name=value}. */
    private record Setting(String name, String value) {}

    SystemdText(String text) {
        String section = "";
        for (String line : logicalLines(text)) {
            Matcher header = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (header.matches()) {
                section = header.group(1);
            } else if (setting.matches() && section.equals(SERVICE)) {
                settings.add(new Setting(setting.group(1), setting.group(2)));
            }
        }
    }

    /** Tells whether a text has a line {@code [Service]}. */
    static boolean isOne(String text) {
        return text.lines()
                .map(SECTION::matcher)
                .anyMatch(header -> header.matches() && header.group(1).equals(SERVICE));
    }

    /** Returns the values of a setting; an empty one takes back those before it. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Setting setting : settings) {
            if (!setting.name().equals(name)) {
                continue;
            }
            if (setting.value().isEmpty()) {
                values.clear();
            } else {
                values.add(setting.value());
            }
        }
        return values;
    }

    /** Joins lines that end in a backslash; comments between them are left out, as systemd does. */
    static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String each : text.lines().toList()) {
            if (isComment(each)) {
                continue;
            }
            boolean goesOn = each.endsWith("\\");
            line.append(goesOn ? each.substring(0, each.length() - 1) + " " : each);
            if (!goesOn) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static boolean isComment(String line) {
        String begin = line.stripLeading();
        return begin.startsWith("#") || begin.startsWith(";");
    }
}
