package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.report.VerdictJson;
import dev.lockstep.report.VerdictSummary;
import dev.lockstep.stack.DriftVariants;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One of the shipped stacks with a home, a store and a baseline of its own; the product itself is asked by its script. */
final class TestedStack implements AutoCloseable {
    private final Wrapper wrapper = Wrapper.ofCheckout();
    private final StackConfig config;
    private final Path home;
    private final Path store;
    private final List<Path> suites;
    private final ManagedStack stacks;

    TestedStack(Path folder, String stack, Path... suites) throws IOException {
        this(folder, StackConfigReader.read(shipped(stack)), suites);
    }

    TestedStack(Path folder, StackConfig config, Path... suites) throws IOException {
        this.config = config;
        this.home = TestHome.in(folder);
        this.store = Files.createDirectories(folder.resolve("store"));
        this.suites = List.of(suites);
        this.stacks = new ManagedStack(home, Wrapper.scripts(), System.getenv(), line -> {});
    }

    /** Returns the folder of a stack in the checkout. */
    static Path shipped(String stack) {
        return Wrapper.scripts().resolveSibling("baselines").resolve(stack);
    }

    StackConfig config() {
        return config;
    }

    Path home() {
        return home;
    }

    StackFolder folder() {
        return new StackFolder(store);
    }

    DriftVariants variants() {
        return new DriftVariants(home, Wrapper.scripts(), System.getenv(), line -> {});
    }

    /** Starts the server anew, with something changed behind the same model name. */
    RunningStack start(LaunchOverrides change) {
        down();
        return stacks.up(config, change);
    }

    RunningStack restart() {
        return start(LaunchOverrides.none());
    }

    void down() {
        stacks.down(config.name());
    }

    /** Locks the stack as it runs. */
    void lock() throws IOException, InterruptedException {
        succeed(wrapper.run(words("lock")));
    }

    /** Starts and locks the stack, records runs and approves them. */
    void baseline(int runs) throws IOException, InterruptedException {
        restart();
        lock();
        succeed(wrapper.run(words("baseline record", "--runs", runs)));
        succeed(wrapper.run(words("baseline approve", "--by", "test", "--why", "as shipped")));
    }

    /** Runs the suites against what is up, and judges. */
    Wrapper.Result night(Object... more) throws IOException, InterruptedException {
        return wrapper.run(words("run", more));
    }

    Wrapper.Running startNight() throws IOException {
        return wrapper.startInterruptible(words("run"));
    }

    Wrapper.Result rescore(Path log) throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("rescore", log, "--json", "--suites"));
        words.addAll(suites);
        return wrapper.run(words.toArray());
    }

    /** Judges a finished run again from its log. */
    Wrapper.Result report(Path log, Path to, Object... more) throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of(log, "--to", to, "--suites"));
        words.addAll(suites);
        words.addAll(Arrays.asList(more));
        return wrapper.run(words("report", words.toArray()));
    }

    Wrapper.Result verify() throws IOException, InterruptedException {
        return wrapper.run(words("verify"));
    }

    /** Reads the verdict.json that a run names in its last lines. */
    static VerdictSummary verdict(Wrapper.Result run) {
        return VerdictJson.read(named(run, "verdict "));
    }

    static Path named(Wrapper.Result run, String label) {
        return run.output()
                .lines()
                .filter(line -> line.startsWith(label))
                .map(line -> Path.of(line.substring(label.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.toString()));
    }

    /** Returns the folder of the newest run. */
    Path newestRun() throws IOException {
        try (Stream<Path> runs = Files.list(home.resolve("runs").resolve(config.name()))) {
            return runs.sorted().reduce((earlier, later) -> later).orElseThrow();
        }
    }

    private Object[] words(String command, Object... more) {
        List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
        words.addAll(List.of("--home", home, "--stack", config.file(), "--store", store));
        if (command.equals("run") || command.equals("baseline record")) {
            words.add("--suites");
            words.addAll(suites);
        }
        words.addAll(Arrays.asList(more));
        return words.toArray();
    }

    private static void succeed(Wrapper.Result result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    @Override
    public void close() throws IOException {
        down();
        TestHome.release(home);
    }
}
