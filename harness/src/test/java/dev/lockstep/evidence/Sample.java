package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.LocalProcess;
import dev.lockstep.stack.PodStart;
import dev.lockstep.stack.StartSigns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A small lock, evidence of it, and the signs of the server that answers. */
final class Sample {
    static final SigningKey KEY = SigningKey.generate();
    static final Instant STARTED = Instant.parse("2026-11-22T08:00:00Z");
    static final Instant MADE = Instant.parse("2026-11-22T10:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String BOOT = "b00t";
    static final String DIGEST = "sha256:" + "a".repeat(64);

    private Sample() {}

    /** A lock of a GGUF file: its tensors, its template and its digest. */
    static Lock lock() {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        layers.put(Layer.WEIGHTS, pinned("model.tensors", "sha256:" + "b".repeat(64)));
        layers.put(Layer.TEMPLATE, pinned("model.tokenizer.chat_template", "sha256:" + "c".repeat(64)));
        layers.put(Layer.PROVENANCE, pinned("model.file", DIGEST));
        layers.put(
                Layer.ENGINE,
                LayerState.of(
                        Map.of("version", TextNode.valueOf("1.0")),
                        Map.of("image.digest", TextNode.valueOf(DIGEST)),
                        Map.of(),
                        Set.of()));
        return new Lock("tiny", layers);
    }

    private static LayerState pinned(String field, String value) {
        return LayerState.of(Map.of(field, TextNode.valueOf(value)), Map.of(), Map.of(), Set.of());
    }

    static Evidence.Served served() {
        return new Evidence.Served(
                7, 700, STARTED, BOOT, Optional.of("marker:abc"), Optional.of("monday"), new TreeMap<>());
    }

    static Evidence evidence(Evidence.Result... results) {
        return of(MADE, lock().id().value(), Optional.of(served()), List.of(results));
    }

    static Evidence of(Instant at, String lockId, Optional<Evidence.Served> served, List<Evidence.Result> results) {
        return new Evidence(
                at, "test", lockId, "m.gguf", "full", new TreeMap<>(), served, Container.none(), results, List.of());
    }

    static Evidence.Result result(Check.Step step, Check.Outcome outcome, String found) {
        return new Evidence.Result(Layer.WEIGHTS, step, "model.tensors", outcome, found, "");
    }

    static EvidenceRules rules(String... from) {
        return new EvidenceRules(List.of(from), Duration.ofHours(24), List.of(KEY.publicText()), List.of());
    }

    /** An endpoint that shows this of its start, on another machine. */
    static StartSigns showing(String shown) {
        return new StartSigns(Optional.of(shown), Optional.empty(), "", Optional.empty());
    }

    static StartSigns nothing() {
        return new StartSigns(Optional.empty(), Optional.empty(), "", Optional.empty());
    }

    /** An endpoint whose pod a saved file tells. */
    static StartSigns pod(String uid, String... started) {
        return new StartSigns(
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(new PodStart(uid, List.of(started), List.of(DIGEST))));
    }

    static StartSigns named(String name) {
        return new StartSigns(Optional.empty(), Optional.empty(), "", Optional.of(name));
    }

    static StartSigns local(long pid, Instant started) {
        LocalProcess process = new LocalProcess(
                pid,
                700,
                started,
                List.of(),
                Path.of("/bin/llama-server"),
                Path.of("/"),
                "",
                new TreeMap<>(),
                List.of());
        return new StartSigns(Optional.empty(), Optional.of(process), BOOT, Optional.empty());
    }

    static EvidenceJudge judge(StartSigns answering) {
        return new EvidenceJudge(rules(), lock().id(), answering, NOW);
    }
}
