package dev.lockstep.job;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.evidence.Attestation;
import dev.lockstep.evidence.Attester;
import dev.lockstep.lock.Lock;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Makes evidence of a stack on the machine that serves it, and writes it. */
public final class Attesting {

    private Attesting() {}

    /**
     * What is attested.
     *
     * @param disk whether the disk alone is meant
     * @param pid the process that serves; found by the endpoint's port when nobody names it
     * @param file where the evidence goes
     */
    public record Subject(boolean disk, OptionalLong pid, Path file) {}

    /**
     * Attests once.
     *
     * @throws dev.lockstep.document.LockstepException of kind CONFIG without a lock, PREREQUISITE when the process cannot be read
     */
    public static Attestation run(
            RunRequest request, Workplace workplace, Attester.Settings settings, Subject subject) {
        Lock lock = LockedStack.readLock(request.folder().lock());
        Attester attester = new Attester(lock, request.stack(), settings);
        Attestation attestation = subject.disk()
                ? attester.ofDisk(workplace.clock())
                : ofServer(request, workplace, attester, subject.pid());
        AtomicFile.write(subject.file(), attestation.text());
        return attestation;
    }

    private static Attestation ofServer(RunRequest request, Workplace workplace, Attester attester, OptionalLong pid) {
        try (Connections servers = Connections.open(request, workplace)) {
            return attester.ofServer(servers.ofThisMachine(), pid);
        }
    }
}
