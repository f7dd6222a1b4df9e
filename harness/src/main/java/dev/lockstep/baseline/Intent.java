package dev.lockstep.baseline;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.UnreadableFile;
import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The stack.yaml of an approved lock, kept beside it: without it nobody knows where files lie and how a server is started. */
public final class Intent {

    private Intent() {}

    /** Keeps it as it is, byte by byte. */
    public static void keep(StackFolder folder, LockId lock, Path stackYaml) {
        try {
            AtomicFile.write(folder.intent(lock), Files.readAllBytes(stackYaml));
        } catch (IOException e) {
            throw UnreadableFile.because(stackYaml, e);
        }
    }
}
