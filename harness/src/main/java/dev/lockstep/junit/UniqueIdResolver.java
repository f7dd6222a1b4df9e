package dev.lockstep.junit;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Resolves a unique id to exactly the node that had it.
 *
 * <p>An id says nothing of files, so the suite is looked for below the folder that {@code lockstep.suites} names.
 */
final class UniqueIdResolver implements SelectorResolver {
    private final SuiteIssues issues;
    private final UniqueId engine;
    private final Once<SuiteIndex> index;

    UniqueIdResolver(SuiteIssues issues, Path root, UniqueId engine) {
        this.issues = issues;
        this.engine = engine;
        this.index = new Once<>(() -> SuiteIndex.of(root));
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        List<Segment> all = selector.getUniqueId().getSegments();
        List<Segment> segments = all.subList(engine.getSegments().size(), all.size());
        return NodeIds.suiteId(segments)
                .flatMap(this::suite)
                .flatMap(suite -> NodeIds.selector(segments, suite))
                .map(selected -> Resolution.selectors(Set.of(selected)))
                .orElseGet(Resolution::unresolved);
    }

    private Optional<Suite> suite(String suiteId) {
        List<Suite> suites = index.get().withId(suiteId);
        if (suites.size() == 1) {
            return Optional.of(suites.getFirst());
        }
        if (suites.isEmpty()) {
            issues.errors(index.get().problems());
        }
        issues.error(new Problem(
                Position.of(index.get().root()),
                found(suiteId, suites) + "; name the folder to look in with " + Settings.SUITES));
        return Optional.empty();
    }

    private static String found(String suiteId, List<Suite> suites) {
        if (suites.isEmpty()) {
            return "there is no suite '" + suiteId + "' below this folder";
        }
        String files = suites.stream().map(suite -> suite.file().toString()).collect(Collectors.joining(", "));
        return "there are " + suites.size() + " suites '" + suiteId + "' below this folder: " + files;
    }
}
