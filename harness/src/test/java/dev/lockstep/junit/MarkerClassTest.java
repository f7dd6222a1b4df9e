package dev.lockstep.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** How the engine works below JUnit's suite engine, the way in for Surefire and IDEs. */
final class MarkerClassTest {
    private static final int LOOKS_AT_END = 3;

    @TempDir
    static Path recorded;

    @TempDir
    Path folder;

    private HostedStack stack;

    @Suite
    @IncludeEngines("lockstep")
    @SelectDirectories("src/test/resources/junit/suites/colours")
    static final class Colours {}

    @Suite
    @IncludeEngines("lockstep")
    @SelectDirectories("src/test/resources/junit/suites/shapes")
    static final class Shapes {}

    @BeforeAll
    static void record() {
        HostedStack.record(recorded);
    }

    @BeforeEach
    void start() {
        stack = new HostedStack(folder).baselinedLike(recorded);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void runs_the_suites_of_marker_classes() {
        engine().selectors(selectClass(Colours.class), selectClass(Shapes.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.started(14).succeeded(14));
    }

    @Test
    void verifies_once_for_all_marker_classes() {
        engine().selectors(selectClass(Shapes.class)).execute();
        int looksForOne = stack.server().looks();
        stack.server().forget();

        engine().selectors(selectClass(Colours.class), selectClass(Shapes.class))
                .execute();

        // each suite looks again at its end: is this still the server that it began with, and still the locked one?
        assertThat(stack.server().looks()).isEqualTo(looksForOne + LOOKS_AT_END);
    }

    @Test
    void runs_exactly_one_case_again_by_the_id_it_had() {
        String id = ids(engine().selectors(selectClass(Colours.class)).execute()).stream()
                .filter(each -> each.endsWith("[eval-case:blue]"))
                .findFirst()
                .orElseThrow();
        stack.server().forget();

        EngineExecutionResults again = engine().selectors(selectUniqueId(id)).execute();

        assertThat(ids(again)).containsExactly(id);
        assertThat(stack.server().prompts()).containsExactly("Say blue");
    }

    @Test
    void filters_by_tags_from_outside() {
        engine().selectors(selectClass(Colours.class), selectClass(Shapes.class))
                .filters(includeTags("fast"))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.started(4).succeeded(4));
    }

    private EngineTestKit.Builder engine() {
        return stack.configured(EngineTestKit.engine("junit-platform-suite"));
    }

    private static List<String> ids(EngineExecutionResults results) {
        return results.testEvents().finished().stream()
                .map(Event::getTestDescriptor)
                .map(TestDescriptor::getUniqueId)
                .map(Object::toString)
                .toList();
    }
}
