package dev.lockstep.simulation;

/** Text for people. */
final class Prose {
    private static final int WIDTH = 130;

    private Prose() {}

    /** Breaks a paragraph into lines of at most 130 characters, as long as its words allow. */
    static String wrapped(String paragraph) {
        StringBuilder lines = new StringBuilder();
        int width = 0;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            boolean fits = width + 1 + word.length() <= WIDTH;
            if (width > 0) {
                lines.append(fits ? ' ' : '\n');
            }
            width = width > 0 && fits ? width + 1 + word.length() : word.length();
            lines.append(word);
        }
        return lines.toString();
    }
}
