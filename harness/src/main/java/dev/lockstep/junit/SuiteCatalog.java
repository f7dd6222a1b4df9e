package dev.lockstep.junit;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteFinder;
import dev.lockstep.suite.SuiteReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The suites of one discovery; each file is read once, and its mistakes are reported once. */
final class SuiteCatalog {
    private final SuiteReader reader = new SuiteReader(Scorers.standard());
    private final SuiteIssues issues;
    private final Map<Path, Optional<Suite>> suites = new HashMap<>();
    private final Map<String, Path> owners = new HashMap<>();

    SuiteCatalog(SuiteIssues issues) {
        this.issues = issues;
    }

    SuiteIssues issues() {
        return issues;
    }

    /** Returns the files of all suites below a folder; that there is none is an error. */
    List<Path> filesBelow(Path folder) {
        Problems problems = new Problems();
        List<Path> files = SuiteFinder.suiteFiles(List.of(folder), problems);
        issues.errors(problems);
        return files.stream().map(SuiteCatalog::absolute).toList();
    }

    /** Reads a suite; empty when something is wrong with it, and then the issues say what. */
    Optional<Suite> suite(Path file) {
        return suites.computeIfAbsent(absolute(file), this::read);
    }

    private Optional<Suite> read(Path file) {
        Problems problems = new Problems();
        Optional<Suite> suite = reader.read(file, problems).filter(read -> isOwner(read, problems));
        issues.errors(problems);
        return suite;
    }

    private boolean isOwner(Suite suite, Problems problems) {
        Path owner = owners.putIfAbsent(suite.id(), suite.file());
        if (owner == null) {
            return true;
        }
        problems.add(
                new Position(suite.file(), 1, 1),
                "the suite id '" + suite.id() + "' is also that of " + owner + "; give each suite its own");
        return false;
    }

    static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
