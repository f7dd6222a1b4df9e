package dev.lockstep.junit;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import java.io.File;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.support.descriptor.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;

/** Tells JUnit what is wrong with suites, each mistake with its place. */
record SuiteIssues(DiscoveryIssueReporter reporter) {

    void errors(Problems problems) {
        problems.list().forEach(this::error);
    }

    void error(Problem problem) {
        report(Severity.ERROR, problem);
    }

    void warning(Problem problem) {
        report(Severity.WARNING, problem);
    }

    private void report(Severity severity, Problem problem) {
        reporter.reportIssue(
                DiscoveryIssue.builder(severity, problem.toString()).source(source(problem.position())));
    }

    static FileSource source(Position position) {
        File file = position.file().toFile();
        return position.isWholeFile()
                ? FileSource.from(file)
                : FileSource.from(file, FilePosition.from(position.line(), position.column()));
    }
}
