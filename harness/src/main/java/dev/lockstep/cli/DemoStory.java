package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.FolderRemoval;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Layer;
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.DriftVariants;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The demo: three stacks, and one change at a time behind the same model name. */
final class DemoStory {
    private static final int Q8_0 = 8;
    private static final int STOP_AFTER = 40;

    private final Workplace workplace;
    private final Path baselines;
    private final Path suites;
    private final Terminal terminal;
    private final DriftVariants variants;
    private final List<DemoRow> rows = new ArrayList<>();
    private List<String> ending = List.of();
    private volatile Optional<DemoStage> playing = Optional.empty();

    DemoStory(Workplace workplace, Path baselines, Path suites, Terminal terminal) {
        this.workplace = workplace;
        this.baselines = baselines;
        this.suites = suites;
        this.terminal = terminal;
        this.variants =
                new DriftVariants(workplace.home(), workplace.scripts(), workplace.environment(), terminal::say);
    }

    DemoTable tell() {
        play(stage("visible", "tiny-qwen3-vl", ""), this::visible);
        play(stage("opaque", "tiny-qwen3-vl-opaque", "tiny-fingerprint"), this::opaque);
        play(stage("noisy", "tiny-qwen3-vl-noisy", "tiny-text"), this::noisy);
        return new DemoTable(rows);
    }

    /** Stops the server of the act that is played. */
    void stop() {
        playing.ifPresent(DemoStage::stop);
    }

    /** Returns where the report of the last drift lies, and how to start what it tells of. */
    List<String> ending() {
        return ending;
    }

    private void visible(DemoStage stage) {
        stage.lock();
        night(stage, "nothing is approved yet", "NO_BASELINE");
        stage.baseline(4);
        stage.start(LaunchOverrides.none());
        night(stage, "nothing: the server was restarted", "PASS");
        Path model = stage.config().files().weights().orElseThrow();
        broken(
                stage,
                "chat template with one more newline, same weights",
                weights(variants.otherTemplate(model)),
                Layer.TEMPLATE);
        broken(
                stage,
                "weights rounded through Q8_0, same name, type and size",
                weights(variants.rounded(model)),
                Layer.WEIGHTS);
        engines(stage);
        broken(stage, "launch: KV cache q8_0", keyCache(), Layer.LAUNCH);
        outage(stage);
    }

    private void engines(DemoStage stage) {
        String other = "engine " + DriftVariants.OTHER_ENGINE;
        String version = stage.config().launch().orElseThrow().version();
        broken(stage, other, LaunchOverrides.none().withVersion(DriftVariants.OTHER_ENGINE), Layer.ENGINE);
        broken(
                stage,
                other + " that claims to be " + version,
                LaunchOverrides.none().withEngineDirectory(variants.forgedEngine(version)),
                Layer.ENGINE);
    }

    private void opaque(DemoStage stage) {
        stage.lock();
        stage.baseline(4);
        stage.start(LaunchOverrides.none());
        night(stage, "opaque stack, nothing: the server was restarted", "PASS");
        stage.start(keyCache());
        drifted(stage, "opaque stack, launch: KV cache q8_0", Layer.LAUNCH);
        Path model = stage.config().files().weights().orElseThrow();
        stage.start(weights(variants.rounded(model)));
        drifted(stage, "opaque stack, weights rounded through Q8_0", Layer.WEIGHTS);
    }

    private void noisy(DemoStage stage) {
        stage.lock();
        stage.baseline(3);
        stage.start(LaunchOverrides.none());
        RunOutcome night = night(stage, "noisy stack, nothing, 3 baseline runs", "INCONCLUSIVE");
        String change = "the same answers, judged by bare equality: false alarm";
        add(change, "DRIFT", Optional.empty(), stage.again(night, GatePolicy.Judging.EQUALITY, change));
    }

    private void play(DemoStage stage, Consumer<DemoStage> act) {
        playing = Optional.of(stage);
        try {
            act.accept(stage);
        } finally {
            stop();
        }
    }

    /** Sets the stage; {@code only} names the suite to ask beside the fingerprint, or that one alone; all when it is empty. */
    private DemoStage stage(String title, String stack, String only) {
        StackConfig config = StackConfigReader.read(baselines.resolve(stack));
        StackFolder folder = new StackFolder(workplace.home().resolve("demo").resolve(stack));
        FolderRemoval.remove(folder.path());
        RunRequest request = new RunRequest(
                config,
                folder,
                PolicyInForce.shipped(),
                Optional.of("demo-" + title),
                Optional.empty(),
                Optional.empty());
        List<Suite> asked = Suites.readAll(List.of(suites), Scorers.standard()).stream()
                .filter(suite -> isAsked(suite, only))
                .toList();
        terminal.say("\n== " + title + " stack: " + config.file());
        return new DemoStage(workplace, terminal, request, asked);
    }

    /** Hundreds of samples take longer than all the rest of the story, and show in none of its changes. */
    private static boolean isAsked(Suite suite, String only) {
        return switch (suite.role()) {
            case FINGERPRINT -> true;
            case SAMPLES -> suite.id().equals(only);
            case SCORES -> only.isEmpty() || suite.id().equals(only);
        };
    }

    private void broken(DemoStage stage, String change, LaunchOverrides overrides, Layer layer) {
        stage.start(overrides);
        add(change, "LOCK_BROKEN", Optional.of(layer), stage.night(change));
    }

    private void drifted(DemoStage stage, String change, Layer layer) {
        RunOutcome outcome = stage.night(change);
        ending = List.of(
                "drift report: " + outcome.folder().report(),
                "the server it tells of is stopped; to follow its steps, start it: " + stage.startCommand());
        add(change, "DRIFT", Optional.of(layer), outcome);
    }

    private RunOutcome night(DemoStage stage, String change, String expected) {
        RunOutcome outcome = stage.night(change);
        add(change, expected, Optional.empty(), outcome);
        return outcome;
    }

    private void outage(DemoStage stage) {
        stage.start(LaunchOverrides.none());
        AtomicInteger asked = new AtomicInteger();
        String change = "the server is stopped in mid-run";
        RunOutcome outcome = stage.night(change, sample -> {
            if (asked.incrementAndGet() == STOP_AFTER) {
                stage.stop();
            }
        });
        add(change, "INVALID", Optional.empty(), outcome);
    }

    private void add(String change, String expected, Optional<Layer> layer, RunOutcome outcome) {
        rows.add(new DemoRow(change, expected, layer, outcome.folder().verdict()));
    }

    private static LaunchOverrides weights(Path model) {
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(model.toString()));
    }

    private static LaunchOverrides keyCache() {
        return LaunchOverrides.none().with("cache_type_k", IntNode.valueOf(Q8_0));
    }
}
