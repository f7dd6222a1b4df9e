package dev.lockstep.junit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineTestKit;

final class DiscoveryTest {
    private static final Path BAD = Path.of("src/test/resources/bad/junit");
    private static final Path COLOURS = HostedStack.COLOURS.resolve("suite.yaml");
    private static final String SUITE = "[engine:lockstep]/[eval-suite:colours]";
    private static final String CASES = SUITE + "/[eval-part:cases]";
    private static final String BLUE = CASES + "/[eval-case:blue]";
    private static final String VERDICT = SUITE + "/[eval-part:verdict]";

    @Test
    void makes_a_tree_of_suites_with_their_cases_and_then_the_verdict() {
        EngineDiscoveryResults found = discover(selectDirectory(HostedStack.SUITES.toFile()));

        assertThat(found.getDiscoveryIssues()).isEmpty();
        assertThat(drawn(found)).isEqualTo("""
                Lockstep
                  colours
                    cases
                      red green blue black white pink grey gold teal lime
                    verdict
                  shapes
                    cases
                      red square
                    verdict
                """);
    }

    @Test
    void finds_the_same_suite_once_however_it_is_selected() {
        EngineDiscoveryResults found = discover(
                selectDirectory(HostedStack.COLOURS.toFile()),
                selectFile(COLOURS.toFile()),
                selectFile(COLOURS.toAbsolutePath().toFile()),
                selectUniqueId(SUITE));

        assertThat(found.getDiscoveryIssues()).isEmpty();
        assertThat(ids(found)).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void makes_ids_of_suite_and_case_ids_alone() {
        assertThat(ids(discover(selectDirectory(HostedStack.COLOURS.toFile()))))
                .startsWith("[engine:lockstep]", SUITE, CASES, CASES + "/[eval-case:red]")
                .endsWith(VERDICT);
    }

    @Test
    void finds_every_id_again_with_its_ancestors_and_nothing_else() {
        for (String id : ids(discover(selectDirectory(HostedStack.COLOURS.toFile())))) {
            EngineDiscoveryResults found = discover(selectUniqueId(id));
            UniqueId wanted = UniqueId.parse(id);

            assertThat(found.getDiscoveryIssues()).as(id).isEmpty();
            assertThat(all(found)).as(id).anyMatch(node -> node.getUniqueId().equals(wanted));
            assertThat(all(found))
                    .as(id)
                    .allMatch(node -> node.getUniqueId().hasPrefix(wanted) || wanted.hasPrefix(node.getUniqueId()));
        }
    }

    @Test
    void puts_the_verdict_last_and_the_cases_in_the_order_of_their_file() {
        EngineDiscoveryResults found =
                discover(selectUniqueId(VERDICT), selectUniqueId(BLUE), selectUniqueId(CASES + "/[eval-case:red]"));

        assertThat(drawn(found)).isEqualTo("""
                Lockstep
                  colours
                    cases
                      red blue
                    verdict
                """);
    }

    @Test
    void reports_an_id_that_no_suite_has() {
        EngineDiscoveryResults found = discover(selectUniqueId("[engine:lockstep]/[eval-suite:sounds]"));

        Path root = HostedStack.SUITES.toAbsolutePath();
        assertThat(messages(found))
                .contains(
                        "ERROR " + root
                                + ": there is no suite 'sounds' below this folder; name the folder to look in with lockstep.suites");
    }

    @Test
    void reports_an_id_that_two_suites_have() {
        EngineDiscoveryResults found = EngineTestKit.engine("lockstep")
                .configurationParameter("lockstep.suites", BAD.resolve("one-id").toString())
                .selectors(selectUniqueId("[engine:lockstep]/[eval-suite:same]"))
                .discover();

        Path root = BAD.resolve("one-id").toAbsolutePath();
        assertThat(messages(found))
                .contains("ERROR " + root + ": there are 2 suites 'same' below this folder: " + root
                        + "/first/suite.yaml, " + root
                        + "/second/suite.yaml; name the folder to look in with lockstep.suites");
    }

    @Test
    void reports_an_id_that_no_case_has() {
        EngineDiscoveryResults found = discover(selectUniqueId(CASES + "/[eval-case:mauve]"));

        assertThat(found.getEngineDescriptor().getDescendants()).isEmpty();
        assertThat(found.getDiscoveryIssues())
                .extracting(DiscoveryIssue::severity)
                .contains(DiscoveryIssue.Severity.ERROR);
    }

    @Test
    void gives_every_node_the_place_in_its_file() {
        for (TestDescriptor node : discover(selectDirectory(HostedStack.COLOURS.toFile()))
                .getEngineDescriptor()
                .getDescendants()) {
            FileSource source = (FileSource) node.getSource().orElseThrow();
            int line = node.getDisplayName().equals("green") ? 17 : 1;
            if (line == 17 || !(node instanceof CaseDescriptor)) {
                assertThat(source.getFile()).isEqualTo(COLOURS.toAbsolutePath().toFile());
                assertThat(source.getPosition().orElseThrow().getLine())
                        .as(node.toString())
                        .isEqualTo(line);
            }
        }
    }

    @Test
    void names_cases_with_their_suite_where_reports_have_no_tree() {
        assertThat(discover(selectDirectory(HostedStack.SUITES.toFile()))
                        .getEngineDescriptor()
                        .getDescendants())
                .filteredOn(TestDescriptor::isTest)
                .extracting(TestDescriptor::getLegacyReportingName)
                .contains("colours › red", "shapes › red", "colours › verdict", "shapes › verdict")
                .doesNotHaveDuplicates()
                .hasSize(14);
    }

    @Test
    void tags_cases_and_verdicts() {
        EngineDiscoveryResults found = discover(selectDirectory(HostedStack.COLOURS.toFile()));

        assertThat(node(found, BLUE).getTags()).isEqualTo(tags("fast", "text"));
        assertThat(node(found, VERDICT).getTags()).isEqualTo(tags("fast", "slow", "text"));
        assertThat(node(found, SUITE).getTags()).isEqualTo(tags("text"));
    }

    @Test
    void selects_the_case_around_a_line() {
        for (int line = 21; line <= 25; line++) {
            assertThat(ids(discover(selectFile(COLOURS.toFile(), FilePosition.from(line)))))
                    .as("line " + line)
                    .containsExactly(
                            "[engine:lockstep]", SUITE, CASES, line == 21 ? CASES + "/[eval-case:green]" : BLUE);
        }
    }

    @Test
    void selects_the_whole_suite_for_a_line_without_a_case() {
        for (int line : List.of(3, 999)) {
            EngineDiscoveryResults found = discover(selectFile(COLOURS.toFile(), FilePosition.from(line)));

            assertThat(ids(found)).hasSize(14);
            assertThat(messages(found))
                    .containsExactly(
                            "WARNING " + COLOURS.toAbsolutePath() + ":" + line
                                    + ":1: no case of suite 'colours' is at this line, so the whole suite is selected; the first case is at line 12");
        }
    }

    @Test
    void leaves_to_other_engines_what_is_theirs() {
        EngineDiscoveryResults found = discover(
                selectClass(DiscoveryTest.class),
                selectPackage("dev.lockstep.junit"),
                selectFile("src/test/resources/junit/some.feature"));

        assertThat(found.getEngineDescriptor().getDescendants()).isEmpty();
        assertThat(found.getDiscoveryIssues()).isEmpty();
    }

    @Test
    void reports_a_folder_without_suites(@TempDir Path empty) {
        assertThat(messages(discover(selectDirectory(empty.toFile()))))
                .containsExactly("ERROR " + empty
                        + ": there is no suite.yaml, suite.yml or suite.json in this folder; name another");
    }

    @Test
    void reports_all_mistakes_of_all_files_at_once_with_their_places() {
        EngineDiscoveryResults found = discover(selectDirectory(BAD.toFile()));

        String root = "ERROR " + BAD.toAbsolutePath() + "/";
        String rule = "use lower-case letters, digits, '.', '_' and '-', a letter or digit first";
        assertThat(messages(found))
                .containsExactlyInAnyOrder(
                        root
                                + "case-twice/suite.yaml:17:9: case 'red': line 12 has this id already; give each case its own",
                        root + "id-with-capitals/suite.yaml:12:9: case 'Größe': 'id' is 'Größe'; " + rule,
                        root + "id-with-capitals/suite.yaml:17:9: case 'inv:7': 'id' is 'inv:7'; " + rule,
                        root + "no-cases/suite.yaml:11:8: suite: there are no cases; write at least one under 'cases'",
                        root + "one-id/second/suite.yaml:1:1: the suite id 'same' is also that of "
                                + BAD.toAbsolutePath() + "/one-id/first/suite.yaml; give each suite its own",
                        root + "reserved-tag/suite.yaml:7:8: suite: the tag 'text & image' is not allowed; write it"
                                + " without blanks and , ( ) & | !");
        assertThat(found.getDiscoveryIssues()).allMatch(issue -> issue.source().orElseThrow() instanceof FileSource);
    }

    private static EngineDiscoveryResults discover(DiscoverySelector... selectors) {
        return EngineTestKit.engine("lockstep")
                .configurationParameter("lockstep.suites", HostedStack.SUITES.toString())
                .selectors(selectors)
                .discover();
    }

    private static TestDescriptor node(EngineDiscoveryResults found, String id) {
        return found.getEngineDescriptor().findByUniqueId(UniqueId.parse(id)).orElseThrow();
    }

    private static List<? extends TestDescriptor> all(EngineDiscoveryResults found) {
        List<TestDescriptor> all = new ArrayList<>();
        found.getEngineDescriptor().accept(all::add);
        return all;
    }

    private static List<String> ids(EngineDiscoveryResults found) {
        return all(found).stream().map(node -> node.getUniqueId().toString()).toList();
    }

    private static List<String> messages(EngineDiscoveryResults found) {
        return found.getDiscoveryIssues().stream()
                .map(issue -> issue.severity() + " " + issue.message())
                .toList();
    }

    private static Set<TestTag> tags(String... names) {
        return Set.of(names).stream().map(TestTag::create).collect(java.util.stream.Collectors.toSet());
    }

    private static String drawn(EngineDiscoveryResults found) {
        StringBuilder text = new StringBuilder();
        draw(found.getEngineDescriptor(), "", text);
        return text.toString();
    }

    private static void draw(TestDescriptor node, String indent, StringBuilder text) {
        text.append(indent).append(node.getDisplayName()).append('\n');
        if (node instanceof CasesDescriptor) {
            text.append(indent).append("  ");
            text.append(node.getChildren().stream()
                    .map(TestDescriptor::getDisplayName)
                    .collect(joining(" ")));
            text.append('\n');
            return;
        }
        node.getChildren().forEach(child -> draw(child, indent + "  ", text));
    }
}
