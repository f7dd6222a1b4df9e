package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.job.Invocation;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison of two files is no verdict: 1 means DRIFT, unless somebody asks for it. */
final class LockDiffCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void ends_well_whether_the_locks_differ_or_not() {
        Path one = lock("one");
        Path two = lock("two");

        assertThat(run("lock", "diff", one.toString(), two.toString())).isZero();
        assertThat(run("lock", "diff", one.toString(), one.toString())).isZero();
        assertThat(out).hasToString("engine              pinned    version: one → two\nthe locks are equal\n");
    }

    @Test
    void tells_an_empty_value_from_one_that_is_missing() {
        Path empty = write("empty", Map.of("suffix", TextNode.valueOf("")));
        Path none = write("none", Map.of());

        assertThat(run("lock", "diff", empty.toString(), none.toString())).isZero();

        assertThat(out).hasToString("engine              pinned    suffix: (nothing) → (missing)\n");
    }

    @Test
    void tells_by_its_exit_code_when_asked_to() {
        Path one = lock("one");
        Path two = lock("two");

        assertThat(run("lock", "diff", "--exit-code", one.toString(), two.toString()))
                .isEqualTo(1);
        assertThat(run("lock", "diff", "--exit-code", one.toString(), one.toString()))
                .isZero();
    }

    private Path lock(String version) {
        return write(version, Map.of("version", TextNode.valueOf(version)));
    }

    private Path write(String name, Map<String, JsonNode> pinned) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        layers.put(Layer.ENGINE, LayerState.of(pinned, Map.of(), Map.of(), Set.of()));
        Path file = folder.resolve(name + ".json");
        LockFile.write(file, new Lock("tiny", layers));
        return file;
    }

    private int run(String... arguments) {
        return Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
