package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.job.Locking;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.lock.Tier;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a lock, or compares two. */
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description =
                "Write stack.lock.json from stack.yaml: every layer with its digests, from the files and the running server.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} lock --stack baselines/tiny-qwen3-vl",
            "         ${ROOT-COMMAND-NAME} lock diff locks/lk1-….json stack.lock.json"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        modelTransformer = OnlyWithoutSubcommand.class,
        subcommands = {
            LockBisectCommand.class,
            LockCheckSignatureCommand.class,
            LockDiffCommand.class,
            LockExportCommand.class,
            LockFmtCommand.class,
            LockMirrorCommand.class,
            LockRefreshCommand.class,
            LockSchemaCommand.class
        })
final class LockCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private TierOption tier = new TierOption();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--offline",
            description =
                    "Lock from the files alone, while no server is up; without probes and observed values, and without engine "
                            + "and launch of a server that Lockstep does not start.")
    private boolean offline;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!stack.areGiven()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required option: '--stack=DIR'");
        }
        RunRequest request = tier.over(server.request(stack));
        Workplace workplace = place.workplace(output.terminal());
        Lock lock = offline ? Locking.lockOffline(request, workplace) : Locking.lock(request, workplace);
        output.print(
                text(lock, request.folder().lock(), request.tier()),
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("lockId", lock.id().value())
                        .put("tier", request.tier().key())
                        .put("file", request.folder().lock().toString()));
        return ExitCode.OK;
    }

    private static String text(Lock lock, Path file, Tier tier) {
        String layers = lock.layers().entrySet().stream()
                .map(layer -> line(layer.getKey(), layer.getValue()))
                .collect(Collectors.joining("\n"));
        String unproven = isUnproven(lock)
                ? "\nnothing proves the weights: name the model files under `files` in stack.yaml, or your word under `declared`, and lock again"
                : "";
        return layers + "\n" + LockCoverage.of(lock) + "\n" + lock.id() + "\nwritten to " + file + unread(tier)
                + unproven + unread(lock);
    }

    private static String unread(Tier tier) {
        return switch (tier) {
            case Tier.Full full -> "";
            case Tier.Cached cached ->
                "; large files that did not change since they were read in full are taken from the lock before";
            case Tier.Sampled sampled -> "";
        };
    }

    private static String unread(Lock lock) {
        String layers = lock.layers().entrySet().stream()
                .filter(layer -> layer.getValue().unknown().contains(LayerState.EVERYTHING))
                .map(layer -> layer.getKey().key())
                .collect(Collectors.joining(", "));
        return layers.isEmpty()
                ? ""
                : "\nnot read, so a change of it is not seen: " + layers
                        + "; while the server runs on this machine, lock again without --offline";
    }

    private static boolean isUnproven(Lock lock) {
        LayerState weights = lock.layer(Layer.WEIGHTS);
        return weights.pinned().isEmpty() && weights.declared().isEmpty();
    }

    private static String line(Layer layer, LayerState state) {
        return state.applicable()
                ? String.format(Locale.ROOT, "%-19s %s", layer, LockCoverage.of(state))
                : String.format(Locale.ROOT, "%-19s not applicable", layer);
    }
}
