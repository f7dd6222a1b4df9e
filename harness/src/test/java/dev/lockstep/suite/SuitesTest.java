package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.score.Scorers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuitesTest {
    @TempDir
    private Path folder;

    private SuiteFolder files = new SuiteFolder(Path.of("."));

    @BeforeEach
    void open() {
        files = new SuiteFolder(folder);
    }

    @Test
    void finds_suites_below_a_folder_in_the_order_of_their_paths() {
        Path b = files.file("b/suite.yml", "");
        Path a = files.file("a/deep/suite.yaml", "");
        Path c = files.file("c/suite.json", "");
        files.file("a/other.yaml", "");
        files.file("a/media/suite.yaml", "");
        files.file(".hidden/suite.yaml", "");
        Problems problems = new Problems();

        assertThat(SuiteFinder.suiteFiles(List.of(folder), problems)).containsExactly(a, b, c);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void takes_named_files_of_any_name_once_and_first() {
        Path a = files.file("a/suite.yaml", "");
        Path other = files.file("b/my-cases.json", "");

        assertThat(SuiteFinder.suiteFiles(List.of(other, folder, folder.resolve("a/../a/suite.yaml")), new Problems()))
                .containsExactly(other, a);
    }

    @Test
    void says_where_nothing_was_found() {
        Path text = files.file("empty/notes.txt", "");
        Path none = folder.resolve("none.yaml");
        Problems problems = new Problems();

        assertThat(SuiteFinder.suiteFiles(List.of(text.getParent(), text, none), problems))
                .isEmpty();

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        text.getParent()
                                + ": there is no suite.yaml, suite.yml or suite.json in this folder; name another",
                        text + ": is no suite file; expected a folder or a file *.yaml, *.yml or *.json",
                        none + ": there is no such file or folder; check the path");
    }

    @Test
    void says_below_which_folder_a_relative_path_was_looked_for() {
        Problems problems = new Problems();

        SuiteFinder.suiteFiles(List.of(Path.of("suites/nowhere")), problems);

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("suites/nowhere: there is no such file or folder below the current folder "
                        + Path.of("").toAbsolutePath() + "; check the path");
    }

    @Test
    void names_the_files_of_a_folder_that_may_be_suites_under_other_names() {
        files.file("mine/capitals.yaml", "");
        files.file("mine/deep/sums.json", "");
        files.file("mine/notes.txt", "");
        files.file("mine/media/picture.json", "");

        assertThat(nothingFound("mine"))
                .isEqualTo(folder.resolve("mine")
                        + ": there is no suite.yaml, suite.yml or suite.json in this folder, but capitals.yaml, deep/sums.json;"
                        + " in a folder only files of these names are read: name such a file itself, or rename it");
    }

    @Test
    void names_at_most_five_files() {
        IntStream.rangeClosed(1, 7).forEach(number -> files.file("many/" + number + ".yml", ""));

        assertThat(nothingFound("many"))
                .contains("in this folder, but 1.yml, 2.yml, 3.yml, 4.yml, 5.yml and 2 more; in a folder");
    }

    private String nothingFound(String name) {
        Problems problems = new Problems();
        assertThat(SuiteFinder.suiteFiles(List.of(folder.resolve(name)), problems))
                .isEmpty();
        return problems.list().getFirst().toString();
    }

    @Test
    void says_that_nothing_was_named() {
        assertThatThrownBy(() -> Suites.readAll(List.of(), Scorers.standard()))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(".: no suite is named; name a suite file or a folder of suites");
    }

    @Test
    void reads_all_suites() {
        suite("a/suite.yaml", "one");
        suite("b/suite.yaml", "two");

        assertThat(Suites.readAll(List.of(folder), Scorers.standard()))
                .extracting(Suite::id)
                .containsExactly("one", "two");
    }

    @Test
    void reports_the_mistakes_of_all_files_and_equal_ids_together() {
        Path a = suite("a/suite.yaml", "one");
        Path b = suite("b/suite.yaml", "one");
        Path c = suite("c/suite.yaml", "Three");

        assertThatThrownBy(() -> Suites.readAll(List.of(folder), Scorers.standard()))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(b + ":1:1: the suite id 'one' is also that of " + a + "; give each suite its own\n" + c
                        + ":2:5: suite: 'id' is 'Three'; use lower-case letters, digits, '.', '_' and '-', "
                        + "a letter or digit first\n2 problems");
    }

    private Path suite(String name, String id) {
        return files.file(name, """
                schema: suite/1
                id: %s
                version: 1.0.0
                sampling: {temperature: 0, max_tokens: 8}
                cases: [{id: a, prompt: p, reference: {answers: [x]}, scorers: [exact]}]
                """.formatted(id));
    }
}
