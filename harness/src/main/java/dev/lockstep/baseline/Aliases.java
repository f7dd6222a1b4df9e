package dev.lockstep.baseline;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.Fields;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names that people give to approved locks and move: {@code prod: lk1-…}, one a line, in {@code aliases.yaml}.
 *
 * <p>A lock is a whole bundle of files, engine and launch, so moving a name rolls all of it back, or none.
 */
public final class Aliases {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final String LOCK = "lk1-";
    private static final int SHORTEST = LOCK.length() + 8;

    private final Path file;
    private final String text;
    private final ApprovedLocks locks;
    private final SortedMap<String, Target> targets = new TreeMap<>();

    private Aliases(Path file, String text, ApprovedLocks locks) {
        this.file = file;
        this.text = text;
        this.locks = locks;
    }

    /** What a name stands for, and where that is written. */
    private record Target(LockId lock, Position position) {}

    /**
     * Reads the names of a stack; there are none where nobody wrote any.
     *
     * @throws dev.lockstep.document.ProblemsException with every mistake in the file
     */
    public static Aliases read(StackFolder folder) {
        Path file = folder.aliases();
        return of(file, Files.exists(file) ? content(file) : "", ApprovedLocks.of(folder));
    }

    static Aliases of(Path file, String text, ApprovedLocks locks) {
        Aliases aliases = new Aliases(file, text, locks);
        Problems problems = new Problems();
        if (!isBlank(text)) {
            DocumentReader.read(file, text, problems).ifPresent(node -> aliases.read(node, problems));
        }
        problems.throwIfAny();
        return aliases;
    }

    /** Returns what every name stands for. */
    public SortedMap<String, LockId> all() {
        SortedMap<String, LockId> all = new TreeMap<>();
        targets.forEach((name, target) -> all.put(name, target.lock()));
        return Collections.unmodifiableSortedMap(all);
    }

    /**
     * Finds a lock by a name, its id, or the beginning of its id with 8 digits or more.
     *
     * @throws LockstepException of kind CONFIG when there is none, or there are several
     */
    public LockId resolve(String nameOrLock) {
        Target target = targets.get(nameOrLock);
        if (target != null) {
            return target.lock();
        }
        List<LockId> found = nameOrLock.length() < SHORTEST || !nameOrLock.startsWith(LOCK)
                ? List.of()
                : locks.ids().stream()
                        .filter(id -> id.value().startsWith(nameOrLock))
                        .toList();
        if (found.size() != 1) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    "'" + nameOrLock + "' is "
                            + (found.isEmpty() ? "no alias and no" : "the beginning of more than one")
                            + " approved lock of this stack; aliases: " + orNone(String.join(", ", targets.keySet()))
                            + "; " + locks);
        }
        return found.getFirst();
    }

    /**
     * Moves a name, or makes it; nothing is written yet.
     *
     * @throws LockstepException of kind CONFIG when the name is none, or the file is not written line by line
     */
    public AliasMove move(String name, LockId to) {
        nameProblem(name).ifPresent(problem -> {
            throw new LockstepException(ErrorKind.CONFIG, problem);
        });
        Target target = targets.get(name);
        AliasMove move = target == null
                ? AliasMove.added(file, text, name + ": " + to)
                : AliasMove.changed(file, text, target.position().line(), target.lock(), to);
        requireRead(name, to, move);
        return move;
    }

    /** What is read back must be what was meant, whatever else stands in the file. */
    private void requireRead(String name, LockId to, AliasMove move) {
        SortedMap<String, LockId> expected = new TreeMap<>(all());
        expected.put(name, to);
        if (!readsAs(expected, move.text())) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    file + ": '" + name
                            + "' cannot be moved in one line; write each alias on a line of its own, as in '" + name
                            + ": " + to + "'");
        }
    }

    private boolean readsAs(SortedMap<String, LockId> expected, String changed) {
        try {
            return of(file, changed, locks).all().equals(expected);
        } catch (LockstepException unreadable) {
            return false;
        }
    }

    private void read(DocumentNode node, Problems problems) {
        Fields fields = Fields.of(node, "aliases", problems);
        fields.entries().forEach((name, entry) -> {
            nameProblem(name).ifPresent(problem -> problems.add(entry.position(), problem));
            read(name, entry.value(), problems);
        });
    }

    private void read(String name, DocumentNode value, Problems problems) {
        String given = value.toJson().asText();
        Optional<LockId> lock =
                locks.ids().stream().filter(id -> id.value().equals(given)).findFirst();
        lock.ifPresentOrElse(
                id -> targets.put(name, new Target(id, value.position())),
                () -> problems.add(value.position(), "alias '" + name + "' is '" + given + "', " + unknown(given)));
    }

    private String unknown(String given) {
        String nearest = NearestName.of(
                        given, locks.ids().stream().map(LockId::value).toList())
                .map(near -> "; did you mean " + near + "?")
                .orElse("; " + locks);
        return "which is no approved lock of this stack" + nearest;
    }

    private static Optional<String> nameProblem(String name) {
        boolean isName = NAME.matcher(name).matches() && !name.startsWith(LOCK);
        return isName
                ? Optional.empty()
                : Optional.of("'" + name
                        + "' is no name for a lock; use lower-case letters, digits, '.', '_' and '-', a letter first, and do not"
                        + " begin with 'lk1-'");
    }

    private static boolean isBlank(String text) {
        return text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static String orNone(String names) {
        return names.isEmpty() ? "none" : names;
    }
}
