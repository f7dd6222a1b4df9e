package dev.lockstep.suite;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import dev.lockstep.document.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The suites of a run, read together. */
public final class Suites {

    private Suites() {}

    /**
     * Reads all suites in the given files and folders.
     *
     * @throws ProblemsException with every mistake in every file, two suites of one id included
     */
    public static List<Suite> readAll(List<Path> filesOrDirectories, ScorerCatalog scorers) {
        Problems problems = new Problems();
        SuiteReader reader = new SuiteReader(scorers);
        List<Suite> suites = new ArrayList<>();
        for (Path file : SuiteFinder.suiteFiles(filesOrDirectories, problems)) {
            reader.read(file, problems).ifPresent(suites::add);
        }
        rejectSameIds(suites, problems);
        problems.throwIfAny();
        return List.copyOf(suites);
    }

    private static void rejectSameIds(List<Suite> suites, Problems problems) {
        Map<String, Path> owners = new HashMap<>();
        for (Suite suite : suites) {
            Path owner = owners.putIfAbsent(suite.id(), suite.file());
            if (owner != null) {
                problems.add(
                        new Position(suite.file(), 1, 1),
                        "the suite id '" + suite.id() + "' is also that of " + owner + "; give each suite its own");
            }
        }
    }
}
