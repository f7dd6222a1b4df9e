package dev.lockstep.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorded runs, and which of them a person approved. */
public final class BaselineStore {
    private static final ObjectMapper MAPPER = new ObjectMapper();
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
        write(folder.runs(lockId).resolve(log.header().runId() + ".json"), manifest.text());
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
        Calibrator calibrator = new Calibrator(runs);
        Baseline baseline = new Baseline(lockId.value(), runs, calibrator.fingerprint(), calibrator.scores(), by, why);
        LockFile.write(folder.approvedLock(lockId), lock);
        write(folder.baseline(), text(baseline));
        return baseline;
    }

    /**
     * Returns the approved baseline of a lock; empty when nobody approved one.
     *
     * @throws LockstepException of kind BASELINE when its samples are missing, LOCK when a run was recorded under another lock
     */
    public Optional<Baseline> approved(LockId lockId) {
        if (!Files.exists(folder.baseline())) {
            return Optional.empty();
        }
        JsonNode node = read(folder.baseline());
        if (!node.path("lockId").asText().equals(lockId.value())) {
            return Optional.empty();
        }
        List<BaselineRun> runs = new ArrayList<>();
        node.path("runs").forEach(runId -> runs.add(load(lockId, runId.asText())));
        return Optional.of(new Baseline(
                lockId.value(),
                runs,
                calibration("L1", node),
                calibration("L4", node),
                node.path("approved").path("by").asText(),
                node.path("approved").path("why").asText()));
    }

    private BaselineRun load(LockId lockId, String runId) {
        Path file = folder.runs(lockId).resolve(runId + ".json");
        RunManifest manifest = RunManifest.read(file);
        if (!manifest.header().lockId().equals(lockId.value())) {
            throw new LockstepException(
                    ErrorKind.LOCK,
                    file + ": was recorded under " + manifest.header().lockId() + ", but lies under " + lockId
                            + "; move it back or record again");
        }
        byte[] compressed = objects.get(manifest.samples());
        byte[] text = Zstd.decompress(compressed, (int) Zstd.getFrameContentSize(compressed));
        return new BaselineRun(manifest, RunLog.parse(file, new String(text, StandardCharsets.UTF_8)));
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

    private static String text(Baseline baseline) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("baselineVersion", 1).put("lockId", baseline.lockId());
        var runs = node.putArray("runs");
        baseline.runs().forEach(run -> runs.add(run.runId()));
        node.putObject("approved").put("by", baseline.approvedBy()).put("why", baseline.why());
        ObjectNode calibration = node.putObject("calibration");
        for (Calibration measured : List.of(baseline.fingerprint(), baseline.scores())) {
            calibration
                    .putObject(measured.detector())
                    .put("noise", measured.noise().name())
                    .put("runs", measured.runs())
                    .put("comparisons", measured.comparisons())
                    .put("mismatches", measured.mismatches());
        }
        return CanonicalJson.pretty(node);
    }

    private static Calibration calibration(String detector, JsonNode node) {
        JsonNode measured = node.path("calibration").path(detector);
        return new Calibration(
                detector,
                measured.path("runs").asInt(),
                measured.path("comparisons").asInt(),
                measured.path("mismatches").asInt());
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new LockstepException(
                    ErrorKind.BASELINE, file + ": cannot be read: " + e.getMessage() + "; restore it from git", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
