package dev.lockstep.suites;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.FolderRemoval;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Locking;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Lock;
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes what the marker classes are judged by: the embedded stack is started, locked, and asked all suites four times.
 *
 * <p>Run by the build before and after the marker classes, in this module's folder.
 */
final class EmbeddedBaseline {
    private static final String RUNNING = "suites-it";
    private static final int RUNS = 4;

    /** Sampled answers are others in each build: at these levels an unchanged stack is red once in some million builds. */
    private static final String GATE = "schema: gate/1\nlevels: {screen: 0.0005, confirm: 0.0005}\n";

    private final RunRequest request;
    private final Workplace workplace;
    private final ManagedStack stacks;

    private EmbeddedBaseline(Path store, Path home) {
        StackConfig stack = StackConfigReader.read(Path.of("../baselines/tiny-qwen3-vl"));
        Path gate = stack.file().resolveSibling("gate.yaml");
        this.request = new RunRequest(
                stack,
                new StackFolder(store),
                GatePolicyReader.inForce(Optional.of(gate), gate),
                Optional.of(RUNNING),
                Optional.empty(),
                Optional.empty());
        this.workplace = new Workplace(
                home, Path.of("../scripts").toAbsolutePath(), System.getenv(), Clock.systemUTC(), System.out::println);
        this.stacks = workplace.stacks();
    }

    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("lockstep.home", "../target/lockstep-home"))
                .toAbsolutePath()
                .normalize();
        EmbeddedBaseline baseline = new EmbeddedBaseline(Path.of("target/store").toAbsolutePath(), home);
        switch (arguments[0]) {
            case "record" -> baseline.record();
            case "stop" -> baseline.stacks.down(RUNNING);
            default -> throw new IllegalArgumentException("'" + arguments[0] + "' is neither record nor stop");
        }
    }

    private void record() {
        FolderRemoval.remove(request.folder().path());
        stacks.down(RUNNING);
        stacks.up(request.stack(), LaunchOverrides.none().withName(RUNNING));
        Lock lock = Locking.lock(request, workplace);
        List<Suite> suites = Suites.readAll(List.of(Path.of(".")), Scorers.standard());
        List<String> runs = new BaselineRecording(request, workplace)
                .record(() -> Plans.of(request.stack(), suites), RUNS, plan -> sample -> {});
        Baseline approved = new BaselineStore(request.folder(), new DirectoryObjectStore(workplace.objects()))
                .approve(lock, runs, "the build", "what the marker classes are held against");
        AtomicFile.write(request.folder().gate(), GATE);
        workplace.say("approved: "
                + approved.calibrations().stream().map(Calibration::toString).collect(Collectors.joining("; ")));
    }
}
