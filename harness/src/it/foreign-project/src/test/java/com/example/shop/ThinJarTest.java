package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.score.Score;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses Lockstep as its users do: from its jar and the dependencies that the jar brings. */
class ThinJarTest {

    @Test
    void is_a_jar_of_its_own_and_not_the_build_beside_it() {
        String place = LockFile.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        assertTrue(place.contains("/it-repository/") && place.endsWith(".jar") && !place.contains("-cli"), place);
    }

    @Test
    void reads_a_suite_and_scores_an_answer() {
        Scorers scorers = Scorers.standard();
        Problems problems = new Problems();
        Suite suite = new SuiteReader(scorers).read(Path.of("src/test/suites/suite.yaml"), problems).orElseThrow();
        Answer answer = AnswerReader.read("""
                {"choices": [{"message": {"content": "Ships on Monday."}, "finish_reason": "stop"}]}
                """).orElseThrow();

        List<Score> scores = scorers.score(suite.cases().getFirst(), answer);

        assertEquals(List.of(1.0), scores.stream().map(Score::value).toList(), scores::toString);
    }

    @Test
    void writes_a_lock_and_reads_it_back(@TempDir Path folder) throws Exception {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        Lock lock = new Lock("shop", layers);
        Path file = folder.resolve("stack.lock.json");

        LockFile.write(file, lock);

        assertEquals(lock, LockFile.read(file));
        Files.writeString(file, "{}");
        assertThrows(LockstepException.class, () -> LockFile.read(file));
    }
}
