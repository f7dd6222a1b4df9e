package dev.lockstep.baseline;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.lock.LockId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of aliases.yaml, before and after a name is moved; all others stay as people wrote them.
 *
 * @param line its number, from 1
 * @param before empty when the name is new
 * @param after the same as before when the name stands for that lock already
 * @param text the whole file afterwards
 */
public record AliasMove(Path file, int line, String before, String after, String text) {

    static AliasMove changed(Path file, String text, int line, LockId from, LockId to) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String before = lines.get(line - 1);
        String after = before.replace(from.value(), to.value());
        lines.set(line - 1, after);
        return new AliasMove(file, line, before, after, String.join("\n", lines));
    }

    static AliasMove added(Path file, String text, String after) {
        String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        int line = (int) whole.lines().count() + 1;
        return new AliasMove(file, line, "", after, whole + after + "\n");
    }

    /** Returns whether the file changes at all. */
    public boolean changes() {
        return !before.equals(after);
    }

    /** Writes the file. @throws dev.lockstep.document.LockstepException of kind PREREQUISITE when it cannot be written */
    public void write() {
        AtomicFile.write(file, text);
    }

    /** Returns what git would show of it, once the file is added. */
    public String diff() {
        String place = before.isEmpty() ? (line - 1) + ",0 +" + line : line + " +" + line;
        boolean isNew = before.isEmpty() && line == 1;
        return "--- " + (isNew ? "/dev/null" : file) + "\n+++ " + file + "\n@@ -" + place + " @@\n"
                + (before.isEmpty() ? "" : "-" + before + "\n") + "+" + after;
    }
}
