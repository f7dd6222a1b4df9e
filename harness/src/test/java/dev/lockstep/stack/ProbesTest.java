package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Check.Outcome;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbesTest {
    private static final Probes.Rendered PLAIN = new Probes.Rendered("text", "ids", 3);

    @TempDir
    Path folder;

    @Test
    void match_themselves_after_they_were_written_and_read() {
        Path file = folder.resolve("probes/lk1.json");
        Probes probes = probes(PLAIN, Map.of("temperature", DoubleNode.valueOf(0.0)));
        probes.write(file);

        assertThat(compare(Probes.read(file), probes)).isNotEmpty().allMatch(check -> check.outcome() == Outcome.MATCH);
        assertThat(Probes.read(file).text()).isEqualTo(probes.text());
    }

    @Test
    void point_to_the_template_when_the_text_differs_and_to_the_tokenizer_when_only_ids_do() {
        Probes recorded = probes(PLAIN, Map.of());

        assertThat(mismatches(recorded, probes(new Probes.Rendered("other", "other", 4), Map.of())))
                .containsExactly(Layer.TEMPLATE);
        assertThat(mismatches(recorded, probes(new Probes.Rendered("text", "other", 4), Map.of())))
                .containsExactly(Layer.TOKENIZER);
    }

    @Test
    void point_to_the_defaults_when_a_setting_differs_and_not_when_it_is_untold() {
        Probes recorded = probes(PLAIN, Map.of("temperature", DoubleNode.valueOf(0.8)));

        assertThat(mismatches(recorded, probes(PLAIN, Map.of("temperature", DoubleNode.valueOf(0.3)))))
                .containsExactly(Layer.GENERATION_DEFAULTS);
        assertThat(compare(recorded, probes(PLAIN, Map.of())))
                .anyMatch(check -> check.outcome() == Outcome.UNVERIFIABLE);
    }

    @Test
    void are_not_checked_where_nothing_is_rendered() {
        assertThat(compare(probes(PLAIN, Map.of()), Probes.none()))
                .hasSize(3)
                .allMatch(check -> check.outcome() == Outcome.NOT_CHECKED);
    }

    @Test
    void refuse_a_file_of_another_kind() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "{\"schema\":\"other\"}");

        assertThatThrownBy(() -> Probes.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ": 'schema' is \"other\", expected \"probes/1\"; restore it from version control, or"
                        + " record the probes again");
    }

    private static Probes probes(Probes.Rendered plain, Map<String, JsonNode> sampling) {
        return new Probes(new TreeMap<>(Map.of("plain", plain)), new TreeMap<>(sampling));
    }

    private static List<Check> compare(Probes recorded, Probes live) {
        return new ProbeChecks(Policies.defaults()).run(Optional.of(recorded), live);
    }

    private static List<Layer> mismatches(Probes recorded, Probes live) {
        return compare(recorded, live).stream()
                .filter(check -> check.outcome() == Outcome.MISMATCH)
                .map(Check::layer)
                .toList();
    }
}
