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
        AtomicFile.write(folder.runs(lockId).resolve(log.header().runId() + ".json"), manifest.text());
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
        return recorded(lockId).stream()
                .map(runId -> RunManifest.read(folder.runs(lockId).resolve(runId + ".json")))
                .toList();
    }

    /**
     * Makes runs the baseline of a lock, with the noise measured between them.
     *
     * @throws LockstepException when there is no run, or the runs followed different plans
     */
    public Baseline approve(Lock lock, List<String> runIds, String by, String why) {
        LockId lockId = lock.id();
        List<BaselineRun> runs =
                runIds.stream().map(runId -> load(lockId, runId)).toList();
        requireOnePlan(lockId, runs);
        requireOwnEpochs(runs);
        Calibrator calibrator = new Calibrator(runs);
        Baseline baseline = new Baseline(lockId.value(), runs, calibrator.fingerprint(), calibrator.scores(), by, why);
        LockFile.write(folder.approvedLock(lockId), lock);
        AtomicFile.write(folder.baseline(), BaselineFile.text(baseline));
        return baseline;
    }

    /**
     * Throws when approving these runs would drop a baseline of another plan.
     *
     * @throws LockstepException of kind BASELINE, with both ways out
     */
    public void requireSamePlan(LockId lockId, List<String> runIds) {
        Optional<RunHeader> approved =
                approved(lockId).map(baseline -> baseline.first().log().header());
        Optional<RunHeader> other = runIds.stream()
                .map(runId -> load(lockId, runId).log().header())
                .filter(header -> approved.isPresent()
                        && !header.planHash().equals(approved.get().planHash()))
                .findFirst();
        other.ifPresent(header -> {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    folder.baseline() + ": the approved baseline has "
                            + approved.orElseThrow().caseHashes().size() + " cases, run " + header.runId() + " has "
                            + header.caseHashes().size()
                            + " of another plan, and would take its place; record all suites together and approve"
                            + " those runs, or drop the approved ones with --replace");
        });
    }

    /**
     * Returns the approved baseline of a lock; empty when nobody approved one.
     *
     * @throws LockstepException of kind BASELINE when its samples are missing, or a run was recorded under another lock
     */
    public Optional<Baseline> approved(LockId lockId) {
        if (!Files.exists(folder.baseline())) {
            return Optional.empty();
        }
        BaselineFile file = BaselineFile.read(folder.baseline());
        if (!file.lockId().equals(lockId.value())) {
            return Optional.empty();
        }
        List<BaselineRun> runs =
                file.runIds().stream().map(runId -> load(lockId, runId)).toList();
        return Optional.of(new Baseline(
                lockId.value(),
                runs,
                file.calibration("L1"),
                file.calibration("L4"),
                file.approved("by"),
                file.approved("why")));
    }

    private BaselineRun load(LockId lockId, String runId) {
        Path file = folder.runs(lockId).resolve(runId + ".json");
        RunManifest manifest = RunManifest.read(file);
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

    private static void requireOwnEpochs(List<BaselineRun> runs) {
        long epochs = runs.stream()
                .map(run -> run.manifest().header().epoch())
                .distinct()
                .count();
        if (epochs < runs.size()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    runs.size() + " runs share " + epochs
                            + " server starts; noise is shared inside a start, so approve one run of each");
        }
    }

    private static void requireOnePlan(LockId lockId, List<BaselineRun> runs) {
        if (runs.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "no run is recorded under " + lockId + "; start with `lockstep baseline record`");
        }
        List<String> plans = runs.stream()
                .map(run -> run.manifest().header().planHash())
                .distinct()
                .toList();
        if (plans.size() > 1) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "the runs under " + lockId + " followed " + plans.size()
                            + " different plans; approve the runs of one plan with --run, or record again");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
