package dev.lockstep.junit;

import dev.lockstep.document.Problems;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteFinder;
import dev.lockstep.suite.SuiteReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The suites below one folder, by their ids.
 *
 * @param problems what is wrong with suites that cannot be read, and so have no id
 */
record SuiteIndex(Path root, Map<String, List<Suite>> suites, Problems problems) {
    private static final Set<String> BUILD_OUTPUTS = Set.of("target", "build");

    SuiteIndex {
        suites = Map.copyOf(suites);
    }

    /** Reads every suite below a folder, except the copies in build outputs. */
    static SuiteIndex of(Path folder) {
        Path root = SuiteCatalog.absolute(folder);
        SuiteReader reader = new SuiteReader(Scorers.standard());
        Problems problems = new Problems();
        Map<String, List<Suite>> suites = new HashMap<>();
        for (Path file : SuiteFinder.suiteFiles(List.of(root), problems)) {
            if (isSource(root.relativize(file))) {
                reader.read(file, problems)
                        .ifPresent(suite -> suites.computeIfAbsent(suite.id(), id -> new ArrayList<>())
                                .add(suite));
            }
        }
        return new SuiteIndex(root, suites, problems);
    }

    List<Suite> withId(String suiteId) {
        return suites.getOrDefault(suiteId, List.of());
    }

    private static boolean isSource(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .noneMatch(part -> BUILD_OUTPUTS.contains(part.toString()));
    }
}
