package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pipe among the files of a model, into which nobody writes. */
@Timeout(20)
class PipeTest {
    @TempDir
    private Path folder;

    @Test
    void is_refused_and_not_waited_for() throws InterruptedException {
        Path pipe = folder.resolve("model.safetensors");
        assumeTrue(isMade(pipe), "there is no mkfifo here");

        assertRefused(pipe, () -> TensorFile.read(pipe));
        assertRefused(pipe, () -> GgufReader.read(pipe));
        assertRefused(pipe, () -> SafetensorsIndex.read(pipe));
        assertRefused(pipe, () -> TensorSidecar.read(pipe, ""));
        assertRefused(pipe, () -> new FileHasher(Hashing.on(1)).digest(pipe));
        TreeMap<Path, FileDigest> expected = new TreeMap<>();
        expected.put(pipe, FileDigest.of(0, ""));
        assertThat(new FileVerifier(Hashing.on(1)).verify(expected, new Tier.Full()))
                .extracting(FileProof::toString)
                .containsExactly(pipe + " (full): cannot be read: it is no regular file");
    }

    private static void assertRefused(Path pipe, ThrowingCallable reading) {
        assertThatThrownBy(reading).hasMessage(pipe + ": cannot be read: it is no regular file");
    }

    private static boolean isMade(Path pipe) throws InterruptedException {
        try {
            Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
            return made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
