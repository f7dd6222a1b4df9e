package dev.lockstep.job;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.lock.LockId;
import dev.lockstep.stack.LogprobsFile;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.Recorded;
import java.nio.file.Files;
import java.util.Optional;

/** Reads what a stack showed when it was locked; a lock that was made from files alone has nothing of it. */
final class RecordedUnder {
    private RecordedUnder() {}

    static Recorded lock(StackFolder folder, LockId lock) {
        return new Recorded(
                Optional.of(folder.probes(lock)).filter(Files::exists).map(Probes::read),
                Optional.of(folder.logprobs(lock))
                        .filter(Files::exists)
                        .map(file -> new LogprobsFile(file).read(lock)));
    }
}
