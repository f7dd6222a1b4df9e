package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Locking;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.report.Reports;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Sample;
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.DriftVariants;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
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

/** The demo, step by step: three stacks, and one change at a time behind the same model name. */
final class DemoStory {
    private static final int Q8_0 = 8;
    private static final int STOP_AFTER = 40;

    private final Workplace workplace;
    private final Path baselines;
    private final Path suites;
    private final Terminal terminal;
    private final ManagedStack stacks;
    private final DriftVariants variants;
    private final List<DemoRow> rows = new ArrayList<>();
    private Optional<Path> driftReport = Optional.empty();

    DemoStory(Workplace workplace, Path baselines, Path suites, Terminal terminal) {
        this.workplace = workplace;
        this.baselines = baselines;
        this.suites = suites;
        this.terminal = terminal;
        this.stacks = new ManagedStack(workplace.home(), workplace.scripts(), terminal::say);
        this.variants = new DriftVariants(workplace.home(), workplace.scripts(), terminal::say);
    }

    /** A stack of the demo with what is asked of it. */
    private record Scene(String title, RunRequest request, List<Suite> suites) {
        StackConfig config() {
            return request.stack();
        }

        String running() {
            return request.runningName().orElseThrow();
        }

        Scene judging(GatePolicy.Judging judging) {
            RunRequest other = new RunRequest(
                    request.stack(),
                    request.folder(),
                    request.policy().withJudging(judging),
                    request.runningName(),
                    request.url(),
                    request.epoch());
            return new Scene(title, other, suites);
        }
    }

    DemoTable tell() {
        try {
            visible();
            opaque();
            noisy();
            return new DemoTable(rows);
        } finally {
            List.of("demo-visible", "demo-opaque", "demo-noisy").forEach(stacks::down);
        }
    }

    /** Returns the report of the last drift that was found. */
    Path driftReport() {
        return driftReport.orElseThrow();
    }

    private void visible() {
        Scene scene = scene("visible", "tiny-qwen3-vl", "");
        lock(scene);
        night(scene, "nothing is approved yet", "NO_BASELINE");
        baseline(scene, 4);
        start(scene, LaunchOverrides.none());
        night(scene, "nothing: the server was restarted", "PASS");
        Path model = scene.config().files().weights().orElseThrow();
        broken(
                scene,
                "chat template with one more newline, same weights",
                weights(variants.otherTemplate(model)),
                Layer.TEMPLATE);
        broken(
                scene,
                "weights rounded through Q8_0, same name, type and size",
                weights(variants.rounded(model)),
                Layer.WEIGHTS);
        String version = scene.config().launch().orElseThrow().version();
        broken(
                scene,
                "engine " + DriftVariants.OTHER_ENGINE,
                LaunchOverrides.none().withVersion(DriftVariants.OTHER_ENGINE),
                Layer.ENGINE);
        broken(
                scene,
                "engine " + DriftVariants.OTHER_ENGINE + " that claims to be " + version,
                LaunchOverrides.none().withEngineDirectory(variants.forgedEngine(version)),
                Layer.ENGINE);
        broken(scene, "launch: KV cache q8_0", keyValueCache(), Layer.LAUNCH);
        outage(scene);
        stacks.down(scene.running());
    }

    private void opaque() {
        Scene scene = scene("opaque", "tiny-qwen3-vl-opaque", "tiny-text");
        lock(scene);
        baseline(scene, 4);
        start(scene, LaunchOverrides.none());
        night(scene, "opaque stack, nothing: the server was restarted", "PASS");
        start(scene, keyValueCache());
        night(scene, "opaque stack, launch: KV cache q8_0", "DRIFT", Layer.LAUNCH);
        start(scene, weights(variants.rounded(scene.config().files().weights().orElseThrow())));
        night(scene, "opaque stack, weights rounded through Q8_0", "DRIFT", Layer.WEIGHTS);
        stacks.down(scene.running());
    }

    private void noisy() {
        Scene scene = scene("noisy", "tiny-qwen3-vl-noisy", "tiny-text");
        lock(scene);
        baseline(scene, 3);
        start(scene, LaunchOverrides.none());
        night(scene, "noisy stack, nothing, 3 baseline runs", "INCONCLUSIVE");
        night(
                scene.judging(GatePolicy.Judging.EQUALITY),
                "noisy stack, nothing, judged by bare equality: false alarm",
                "DRIFT");
        stacks.down(scene.running());
    }

    /** Sets the stage; {@code only} names the scored suite to ask beside the fingerprint, all when it is empty. */
    private Scene scene(String title, String stack, String only) {
        StackConfig config = StackConfigReader.read(baselines.resolve(stack));
        StackFolder folder = new StackFolder(workplace.home().resolve("demo").resolve(stack));
        DemoFolder.empty(folder.path());
        RunRequest request = new RunRequest(
                config,
                folder,
                GatePolicy.defaults(),
                Optional.of("demo-" + title),
                Optional.empty(),
                Optional.empty());
        List<Suite> asked = Suites.readAll(List.of(suites), Scorers.standard()).stream()
                .filter(suite -> only.isEmpty() || suite.id().equals(only) || suite.role() == Suite.Role.FINGERPRINT)
                .toList();
        terminal.say("\n== " + title + " stack: " + config.file());
        return new Scene(title, request, asked);
    }

    private void lock(Scene scene) {
        start(scene, LaunchOverrides.none());
        Lock lock = Locking.lock(scene.request(), workplace);
        terminal.say("locked as " + lock.id());
    }

    private void baseline(Scene scene, int runs) {
        new BaselineRecording(scene.request(), workplace).record(() -> Plans.of(scene.config(), scene.suites()), runs);
        Lock lock = dev.lockstep.lock.LockFile.read(scene.request().folder().lock());
        BaselineStore store =
                new BaselineStore(scene.request().folder(), new DirectoryObjectStore(workplace.objects()));
        var approved = store.approve(lock, store.recorded(lock.id()), "demo", "first baseline of the demo");
        terminal.say("approved: " + approved.fingerprint() + "; " + approved.scores());
    }

    private void broken(Scene scene, String change, LaunchOverrides overrides, Layer layer) {
        start(scene, overrides);
        night(scene, change, "LOCK_BROKEN", layer);
    }

    private void outage(Scene scene) {
        start(scene, LaunchOverrides.none());
        AtomicInteger asked = new AtomicInteger();
        night(scene, "the server is stopped in mid-run", "INVALID", Optional.empty(), sample -> {
            if (asked.incrementAndGet() == STOP_AFTER) {
                stacks.down(scene.running());
            }
        });
    }

    private void start(Scene scene, LaunchOverrides overrides) {
        stacks.down(scene.running());
        stacks.up(scene.config(), overrides.withName(scene.running()));
    }

    private void night(Scene scene, String change, String expected) {
        night(scene, change, expected, Optional.empty(), sample -> {});
    }

    private void night(Scene scene, String change, String expected, Layer layer) {
        night(scene, change, expected, Optional.of(layer), sample -> {});
    }

    private void night(Scene scene, String change, String expected, Optional<Layer> layer, Consumer<Sample> watcher) {
        Plan plan = Plans.of(scene.config(), scene.suites());
        AtomicInteger asked = new AtomicInteger();
        int planned = plan.samples().size();
        terminal.say("-- " + change);
        RunOutcome outcome = RegressionRun.execute(scene.request(), plan, workplace, sample -> {
            terminal.count("asked", asked.incrementAndGet(), planned);
            watcher.accept(sample);
        });
        Reports.write(outcome);
        terminal.say("   " + outcome.result().verdict().name() + ": "
                + outcome.result().verdict().reasons().getFirst());
        if (outcome.result().verdict().name().equals("DRIFT") && layer.isPresent()) {
            driftReport = Optional.of(outcome.folder().report());
        }
        rows.add(new DemoRow(change, expected, layer, outcome.folder().verdict()));
    }

    private static LaunchOverrides weights(Path model) {
        return LaunchOverrides.none().with("model.path", TextNode.valueOf(model.toString()));
    }

    private static LaunchOverrides keyValueCache() {
        return LaunchOverrides.none()
                .with("cache_type_k", IntNode.valueOf(Q8_0))
                .with("cache_type_v", IntNode.valueOf(Q8_0))
                .with("flash_attn_type", IntNode.valueOf(1));
    }
}
