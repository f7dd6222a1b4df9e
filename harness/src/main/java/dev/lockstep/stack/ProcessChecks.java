package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.PythonPackages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what the listening process was started with, and holds in memory, with the pinned layers. */
final class ProcessChecks {
    private final Lock lock;
    private final Policies policies;
    private final FileChecks files;

    ProcessChecks(Lock lock, Policies policies, FileChecks files) {
        this.lock = lock;
        this.policies = policies;
        this.files = files;
    }

    List<Check> run(ProcessEvidence evidence) {
        return switch (evidence) {
            case ProcessEvidence.Seen(LocalProcess process) -> seen(process);
            case ProcessEvidence.Unseen(String why) -> unverifiable(why);
        };
    }

    private List<Check> seen(LocalProcess process) {
        try {
            return compare(process);
        } catch (LockstepException unreadable) {
            return unverifiable(String.valueOf(unreadable.getMessage()));
        }
    }

    private List<Check> compare(LocalProcess process) {
        Optional<EngineIdentity> engine = EngineIdentity.of(process);
        if (engine.isEmpty()) {
            return unverifiable(process + " is no inference engine that is known here; it may be a proxy");
        }
        LaunchLine launch = LaunchLine.of(process);
        NamedFiles named = NamedFiles.trusted(launch.named(), new FileTrust(process));
        List<Check> checks = new ArrayList<>(modelFiles(process, launch, named));
        checks.addAll(engine(process, engine.get()));
        checks.addAll(launch(launch, named));
        return checks;
    }

    private List<Check> launch(LaunchLine launch, NamedFiles named) {
        SortedMap<String, JsonNode> found = new TreeMap<>(launch.fields());
        found.putAll(named.facts().fields(Layer.LAUNCH));
        return compare(Layer.LAUNCH, found).stream()
                .map(check -> FileChecks.doubted(check, named.doubts()))
                .toList();
    }

    private List<Check> modelFiles(LocalProcess process, LaunchLine launch, NamedFiles beside) {
        List<ModelFile> named = ModelFile.of(LaunchPaths.files(launch.params()));
        if (named.stream().noneMatch(ModelFile::isModel)) {
            return unverifiable(process + " does not tell which model files it serves").stream()
                    .filter(check -> check.layer() != Layer.ENGINE && check.layer() != Layer.LAUNCH)
                    .toList();
        }
        List<ModelFile> trusted = new ArrayList<>();
        List<FileChecks.Doubt> doubts = new ArrayList<>(beside.doubts());
        FileTrust trust = new FileTrust(process);
        named.forEach(file -> file.source().files().stream()
                .flatMap(path -> trust.doubt(path).stream())
                .findFirst()
                .ifPresentOrElse(
                        why -> doubts.add(new FileChecks.Doubt(file, why, Check.Outcome.UNVERIFIABLE)),
                        () -> trusted.add(file)));
        LayerFacts facts = VideoTools.read(launch.params(), process.searchPath())
                .putAll(Layer.ADAPTERS, beside.facts().fields(Layer.ADAPTERS));
        return files.compare(trusted, doubts, facts, Check.Step.PROCESS);
    }

    private List<Check> engine(LocalProcess process, EngineIdentity engine) {
        FileTrust trust = new FileTrust(process);
        Optional<String> doubt = engine.files().stream()
                .map(MappedFile::path)
                .map(Path::toString)
                .distinct()
                .flatMap(file -> trust.doubt(Path.of(file)).stream())
                .findFirst();
        return doubt.map(why -> unverifiable(Layer.ENGINE, why))
                .orElseGet(() -> compare(Layer.ENGINE, engine.fields()).stream()
                        .filter(check -> !PythonPackages.owns(check.field()))
                        .toList());
    }

    private List<Check> compare(Layer layer, SortedMap<String, JsonNode> found) {
        return Comparison.of(lock, "pinned", Map.of(layer, found), Check.Step.PROCESS, policies);
    }

    private List<Check> unverifiable(String why) {
        return Arrays.stream(Layer.values())
                .flatMap(layer -> unverifiable(layer, why).stream())
                .toList();
    }

    private List<Check> unverifiable(Layer layer, String why) {
        return lock.layer(layer).pinned().entrySet().stream()
                .map(each -> new Check(
                        layer,
                        Check.Step.PROCESS,
                        each.getKey(),
                        Check.Outcome.UNVERIFIABLE,
                        policies.of(layer, each.getKey()).kind(),
                        each.getValue().toString(),
                        "",
                        why))
                .toList();
    }
}
