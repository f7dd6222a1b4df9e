package dev.lockstep.baseline;

import com.github.luben.zstd.Zstd;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorded runs, and which of them a person approved. */
public final class BaselineStore {
    private static final int COMPRESSION_LEVEL = 9;

    private final StackFolder folder;
    private final ObjectStore objects;

    public BaselineStore(StackFolder folder, ObjectStore objects) {
        this.folder = folder;
        this.objects = objects;
    }

    /** Keeps a finished run as a candidate for approval. */
    public void record(RunLog log, Path logFile, ScoreTable scores) {
        String samples = objects.put(Zstd.compress(bytes(logFile), COMPRESSION_LEVEL));
        RunManifest manifest = new RunManifest(log.header(), scores, samples);
        LockId lockId = new LockId(log.header().lockId());
        AtomicFile.write(file(lockId, log.header().runId()), manifest.text());
    }

    /** Returns the ids of the runs recorded under a lock, in their order. */
    public List<String> recorded(LockId lockId) {
        Path runs = folder.runs(lockId);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(runs + ": cannot be listed", e);
        }
    }

    /** Returns the manifests of the runs recorded under a lock. */
    public List<RunManifest> manifests(LockId lockId) {
        return recorded(lockId).stream().map(runId -> manifest(lockId, runId)).toList();
    }

    /**
     * Makes runs the baseline of a lock, with the noise measured between them.
     *
     * @throws LockstepException when there is no run, or the runs followed different plans
     */
    public Baseline approve(Lock lock, List<String> runIds, String by, String why) {
        return approve(lock, candidates(lock.id(), runIds), by, why);
    }

    /** Makes runs that were read already the baseline of their lock, with the noise measured between them. */
    public Baseline approve(Lock lock, Candidates candidates, String by, String why) {
        LockId lockId = lock.id();
        List<BaselineRun> runs = candidates.runs();
        ApprovalRules.requireOneNoise(runs);
        Baseline baseline = new Baseline(lockId.value(), runs, candidates.calibrations(), by, why);
        LockFile.write(folder.approvedLock(lockId), lock);
        AtomicFile.write(folder.baseline(), BaselineFile.text(baseline));
        return baseline;
    }

    /**
     * Reads runs that are to be approved.
     *
     * @throws LockstepException when there is no run, or the runs followed different plans
     */
    public Candidates candidates(LockId lockId, List<String> runIds) {
        List<BaselineRun> runs = load(lockId, runIds);
        ApprovalRules.requireOnePlan(lockId, runs);
        return new Candidates(runs);
    }

    /** Returns whether the approved baseline of a lock is of another plan than these runs. */
    public boolean isOtherPlan(LockId lockId, List<RunManifest> runs) {
        return approvedPlan(lockId)
                .filter(approved ->
                        runs.stream().anyMatch(run -> !run.header().planHash().equals(approved.planHash())))
                .isPresent();
    }

    private Optional<RunHeader> approvedPlan(LockId lockId) {
        return approvedFile(lockId)
                .flatMap(file -> file.runIds().stream().findFirst())
                .map(runId -> manifest(lockId, runId).header());
    }

    /**
     * Throws when approving these runs would drop a baseline of another plan.
     *
     * @throws LockstepException of kind BASELINE, with both ways out
     */
    public void requireSamePlan(LockId lockId, List<String> runIds) {
        approvedPlan(lockId)
                .ifPresent(approved -> runIds.stream()
                        .map(other -> manifest(lockId, other).header())
                        .filter(header -> !header.planHash().equals(approved.planHash()))
                        .findFirst()
                        .ifPresent(header -> {
                            throw otherPlan(approved, header);
                        }));
    }

    private LockstepException otherPlan(RunHeader approved, RunHeader header) {
        return new LockstepException(
                ErrorKind.BASELINE,
                folder.baseline() + ": the approved baseline has "
                        + approved.caseHashes().size() + " cases, run " + header.runId() + " has "
                        + header.caseHashes().size()
                        + " of another plan, and would take its place; record all suites together and approve"
                        + " those runs, or drop the approved ones with --replace");
    }

    /**
     * Returns the approved baseline of a lock; empty when nobody approved one.
     *
     * @throws LockstepException of kind BASELINE when its samples are missing, or a run was recorded under another lock
     */
    public Optional<Baseline> approved(LockId lockId) {
        return approvedFile(lockId)
                .map(file -> new Baseline(
                        lockId.value(),
                        load(lockId, file.runIds()),
                        file.calibrations(),
                        file.approved("by"),
                        file.approved("why")));
    }

    private Optional<BaselineFile> approvedFile(LockId lockId) {
        return Files.exists(folder.baseline())
                ? Optional.of(BaselineFile.read(folder.baseline()))
                        .filter(file -> file.lockId().equals(lockId.value()))
                : Optional.empty();
    }

    private Path file(LockId lockId, String runId) {
        return folder.runs(lockId).resolve(runId + ".json");
    }

    private RunManifest manifest(LockId lockId, String runId) {
        Path file = file(lockId, runId);
        if (Files.notExists(file)) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    file + ": run '" + runId + "' was not recorded under this lock; recorded are: "
                            + (recorded(lockId).isEmpty() ? "none" : String.join(", ", recorded(lockId))));
        }
        return RunManifest.read(file);
    }

    private List<BaselineRun> load(LockId lockId, List<String> runIds) {
        return runIds.parallelStream().map(runId -> load(lockId, runId)).toList();
    }

    private BaselineRun load(LockId lockId, String runId) {
        Path file = file(lockId, runId);
        RunManifest manifest = manifest(lockId, runId);
        if (!manifest.header().lockId().equals(lockId.value())) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    file + ": was recorded under " + manifest.header().lockId() + ", but lies under " + lockId
                            + "; move it back or record again");
        }
        byte[] compressed = objects.get(manifest.samples());
        byte[] text = Zstd.decompress(compressed, (int) Zstd.getFrameContentSize(compressed));
        return new BaselineRun(manifest, RunLog.parse(file, new String(text, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
