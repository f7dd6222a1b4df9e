package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a suite requires of the lock. */
final class FloorReaderTest {
    private final Problems problems = new Problems();

    @Test
    void reads_layers_and_what_they_must_be() {
        assertThat(read("require: weights, template, engine = pinned"))
                .isEqualTo(Map.of(
                        Layer.WEIGHTS, Standing.PINNED,
                        Layer.TEMPLATE, Standing.PINNED,
                        Layer.ENGINE, Standing.PINNED));
        assertThat(read("require: [weights=pinned, 'engine = observed', launch = declared]"))
                .isEqualTo(Map.of(
                        Layer.WEIGHTS, Standing.PINNED,
                        Layer.ENGINE, Standing.OBSERVED,
                        Layer.LAUNCH, Standing.DECLARED));
        assertThat(read("id: x")).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "require: weights | suite: 'require' is 'weights'; write layers and what they must be, such as weights, template = pinned",
                "require: wieghts = pinned | suite: 'require' names the layer 'wieghts'; did you mean 'weights'?",
                "require: weights = proven | suite: 'require' wants 'proven'; expected one of declared, observed, pinned",
                "require: weights, weights = pinned | suite: 'require' names the layer 'weights' twice; keep one",
                "require: {weights: pinned} | suite: 'require' needs text (in quotes), not a mapping",
            })
    void says_what_is_wrong(String yaml, String problem) {
        read(yaml);

        assertThat(problems.list()).extracting(Problem::message).containsExactly(problem);
    }

    private Map<Layer, Standing> read(String yaml) {
        return DocumentReader.read(Path.of("suite.yaml"), yaml, problems)
                .map(node -> FloorReader.read(Fields.of(node, "suite", problems)))
                .orElseThrow();
    }
}
