package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AliasesTest {
    private static final LockId A = new LockId("lk1-" + "a".repeat(64));
    private static final LockId B = new LockId("lk1-" + "b".repeat(64));
    private static final LockId ALMOST_B = new LockId("lk1-" + "b".repeat(63) + "c");

    @TempDir
    Path path;

    private StackFolder folder;
    private Path file;

    @BeforeEach
    void approve() throws IOException {
        folder = new StackFolder(path);
        file = folder.aliases();
        Files.createDirectories(folder.approvedLocks());
        Files.writeString(folder.approvedLock(A), "{}");
        Files.writeString(folder.approvedLock(B), "{}");
        Files.writeString(folder.intent(B), "schema: stack/1\n");
    }

    @Test
    void reads_names_and_finds_locks_by_name_id_and_beginning() throws IOException {
        Aliases aliases = written("prod: " + A + "\nlast-good: " + B + "\n");

        assertThat(aliases.all())
                .containsEntry("prod", A)
                .containsEntry("last-good", B)
                .hasSize(2);
        assertThat(aliases.resolve("prod")).isEqualTo(A);
        assertThat(aliases.resolve(B.value())).isEqualTo(B);
        assertThat(aliases.resolve("lk1-bbbbbbbb")).isEqualTo(B);
    }

    @Test
    void has_no_names_where_nobody_wrote_any() throws IOException {
        assertThat(Aliases.read(folder).all()).isEmpty();
        assertThat(written("# nothing yet\n").all()).isEmpty();
    }

    @Test
    void reports_every_mistake_at_once() {
        assertThatThrownBy(() -> written("""
                        prod: lk1-123
                        Last Good: %s
                        lk1-x: %s
                        stage: %s
                        stage: %s
                        none:
                        """.formatted(A, A, B, ALMOST_B)))
                .isInstanceOf(LockstepException.class)
                .hasMessage("""
                        %1$s:1:7: alias 'prod' is 'lk1-123', which is no approved lock of this stack; approved are %2$s, %3$s
                        %1$s:2:1: 'Last Good' is no name for a lock; use lower-case letters, digits, '.', '_' and '-', a letter first, and do not begin with 'lk1-'
                        %1$s:3:1: 'lk1-x' is no name for a lock; use lower-case letters, digits, '.', '_' and '-', a letter first, and do not begin with 'lk1-'
                        %1$s:5:1: 'stage' stands here twice, first in line 4; keep one
                        %1$s:5:8: alias 'stage' is '%4$s', which is no approved lock of this stack; did you mean %3$s?
                        %1$s:6:6: alias 'none' is 'null', which is no approved lock of this stack; approved are %2$s, %3$s
                        6 problems""".formatted(file, A, B, ALMOST_B));
    }

    @Test
    void names_what_there_is_when_a_word_is_neither_alias_nor_lock() throws IOException {
        Aliases aliases = written("prod: " + A + "\n");

        assertThatThrownBy(() -> aliases.resolve("prd"))
                .isInstanceOf(LockstepException.class)
                .hasMessage("'prd' is no alias and no approved lock of this stack; aliases: prod; approved are " + A
                        + ", " + B);
        assertThatThrownBy(() -> aliases.resolve("lk1-bb"))
                .hasMessageStartingWith("'lk1-bb' is no alias and no approved lock of this stack; ");
    }

    @Test
    void says_when_nothing_was_ever_approved() throws IOException {
        Files.delete(folder.approvedLock(A));
        Files.delete(folder.approvedLock(B));

        assertThatThrownBy(() -> Aliases.read(folder).resolve("prod"))
                .hasMessage(
                        "'prod' is no alias and no approved lock of this stack; aliases: none; nothing is approved in "
                                + folder.approvedLocks());
    }

    @Test
    void moves_a_name_in_one_line_and_leaves_all_others() throws IOException {
        String text = "# who is served\nprod: \"" + A + "\"   # since Monday\n\nlast-good: " + A + " # do not touch\n";
        AliasMove move = written(text).move("prod", B);

        move.write();

        assertThat(file)
                .hasContent("# who is served\nprod: \"" + B + "\"   # since Monday\n\nlast-good: " + A
                        + " # do not touch\n");
        assertThat(move.diff())
                .isEqualTo("--- " + file + "\n+++ " + file + "\n@@ -2 +2 @@\n-prod: \"" + A
                        + "\"   # since Monday\n+prod: \"" + B + "\"   # since Monday");
    }

    @Test
    void a_file_that_was_not_there_comes_from_nothing() throws IOException {
        assertThat(written("").move("prod", A).diff())
                .isEqualTo("--- /dev/null\n+++ " + file + "\n@@ -0,0 +1 @@\n+prod: " + A);
    }

    @Test
    void adds_a_new_name_at_the_end() throws IOException {
        AliasMove move = written("prod: " + A).move("canary", B);

        assertThat(move.text()).isEqualTo("prod: " + A + "\ncanary: " + B + "\n");
        assertThat(move.diff()).endsWith("@@ -1,0 +2 @@\n+canary: " + B);
    }

    @Test
    void makes_the_file_with_its_first_name() {
        Aliases.read(folder).move("prod", A).write();

        assertThat(Aliases.read(folder).all()).containsEntry("prod", A);
    }

    @Test
    void changes_nothing_when_the_name_stands_for_the_lock_already() throws IOException {
        assertThat(written("prod: " + A + "\n").move("prod", A).changes()).isFalse();
    }

    @Test
    void refuses_to_move_what_is_not_written_line_by_line() throws IOException {
        Aliases aliases = written("{prod: " + A + "}\n");

        assertThat(aliases.move("prod", B).text()).isEqualTo("{prod: " + B + "}\n");
        assertThatThrownBy(() -> aliases.move("canary", B))
                .hasMessage(
                        file + ": 'canary' cannot be moved in one line; write each alias on a line of its own, as in"
                                + " 'canary: " + B + "'");
    }

    @Test
    void refuses_a_name_that_is_none() throws IOException {
        Aliases aliases = written("prod: " + A + "\n");

        assertThatThrownBy(() -> aliases.move("Prod", B)).hasMessageStartingWith("'Prod' is no name for a lock; ");
    }

    private Aliases written(String text) throws IOException {
        Files.writeString(file, text);
        return Aliases.read(folder);
    }
}
