package dev.lockstep.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.score.Scorers;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Runs after the marker classes: a suite that has none, or that JUnit never saw, is green without having been asked. */
final class ReportedCases {
    private static final Path REPORTS = Path.of("target/failsafe-reports");

    @Test
    void every_planned_case_and_every_verdict_was_reported() throws Exception {
        List<List<String>> planned = Suites.readAll(List.of(Path.of(".")), Scorers.standard()).stream()
                .map(ReportedCases::testsOf)
                .toList();

        assertThat(reported()).containsExactlyInAnyOrderElementsOf(planned);
    }

    private static List<String> testsOf(Suite suite) {
        return Stream.concat(suite.cases().stream().map(EvalCase::id), Stream.of("verdict"))
                .sorted()
                .toList();
    }

    /** Returns the names of the tests in each marker class's report. */
    private static List<List<String>> reported() throws Exception {
        List<List<String>> reported = new ArrayList<>();
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(REPORTS, "TEST-*.xml")) {
            for (Path report : reports) {
                reported.add(testsIn(report));
            }
        }
        return reported;
    }

    private static List<String> testsIn(Path report) throws Exception {
        NodeList tests = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        return IntStream.range(0, tests.getLength())
                .mapToObj(i -> ((Element) tests.item(i)).getAttribute("name"))
                .sorted()
                .toList();
    }
}
