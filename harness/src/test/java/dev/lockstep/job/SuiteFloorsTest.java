package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import dev.lockstep.run.Plan;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites that require proof of a stack before they are asked. */
final class SuiteFloorsTest {
    private static final String UNMET =
            "suite 'words' requires more proof of these layers than there is: weights (pinned, and it is declared), engine"
                    + " (observed, and it is unknown); run Lockstep where they can be read, or lower 'require' in %s";

    @TempDir
    Path folder;

    private ServedStack stack;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void a_suite_is_not_asked_that_requires_more_than_was_proven() {
        stack.baselined(stack.plan(Cases.words(8)), 1);
        Suite suite = requiring(Map.of(
                Layer.WEIGHTS, Standing.PINNED, Layer.ENGINE, Standing.OBSERVED, Layer.PROVENANCE, Standing.UNKNOWN));

        RunOutcome outcome = run(stack.plan(suite));

        assertThat(outcome.result().verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(UNMET.formatted(suite.file()))));
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void a_suite_is_asked_whose_floor_is_met() {
        stack.baselined(stack.plan(Cases.words(8)), 1);

        run(stack.plan(requiring(Map.of(Layer.WEIGHTS, Standing.DECLARED))));

        assertThat(stack.server().prompts()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void a_broken_lock_comes_first() {
        stack.baselined(stack.plan(Cases.words(8)), 1).opaque("tiny@2");

        assertThat(run(stack.plan(requiring(Map.of(Layer.WEIGHTS, Standing.PINNED))))
                        .result()
                        .verdict()
                        .name())
                .isEqualTo("LOCK_BROKEN");
    }

    @Test
    void no_run_of_such_a_suite_is_recorded() {
        stack.lock();
        Suite suite = requiring(Map.of(Layer.WEIGHTS, Standing.PINNED, Layer.ENGINE, Standing.OBSERVED));
        BaselineRecording recording = new BaselineRecording(stack.request("monday"), stack.workplace());

        assertThatThrownBy(() -> recording.record(() -> stack.plan(suite), 1, unwatched -> sample -> {}))
                .isInstanceOf(LockstepException.class)
                .hasMessage(UNMET.formatted(suite.file()));
        assertThat(stack.server().prompts()).isEmpty();
    }

    private RunOutcome run(Plan plan) {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }

    private static Suite requiring(Map<Layer, Standing> floor) {
        Suite words = Cases.words(8);
        return new Suite(
                words.id(),
                words.version(),
                words.description(),
                words.role(),
                words.requires(),
                words.tags(),
                words.cases(),
                words.file(),
                new TreeMap<>(floor));
    }
}
