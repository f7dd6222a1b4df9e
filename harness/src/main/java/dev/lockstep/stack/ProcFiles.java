package dev.lockstep.stack;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The process file system of Linux, or a folder that looks like it. */
final class ProcFiles {
    /** What {@code sysconf(_SC_CLK_TCK)} says on every Linux architecture that Java runs on. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int START_TIME_AFTER_NAME = 19;

    private final Path root;
    private final Clock clock;
    private final ProcTree tree;

    /**
     * Names what is read.
     *
     * @param root {@code /proc}, or a folder like it
     * @param clock tells the time of the boot: the kernel itself counts from there
     */
    ProcFiles(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
        this.tree = new ProcTree(root);
    }

    ProcessEvidence listener(InetAddress address, int port) {
        if (!Files.isReadable(root.resolve("net/tcp"))) {
            return new ProcessEvidence.Unseen("this system does not show its processes under " + root);
        }
        try {
            Set<Long> sockets = new ListeningSockets(new ProcNetwork(root, root).tables()).inodes(address, port);
            if (sockets.size() > 1) {
                return new ProcessEvidence.Unseen("several sockets listen on port " + port);
            }
            return sockets.isEmpty()
                    ? new ProcessEvidence.Unseen("no process here listens on port " + port)
                    : owner(sockets.iterator().next(), port);
        } catch (IOException e) {
            return new ProcessEvidence.Unseen("the process on port " + port + " cannot be read: " + e.getMessage());
        }
    }

    /** Returns a process if it, or one that it started, listens there. */
    ProcessEvidence numbered(long pid, InetAddress address, int port) {
        try {
            Set<Long> sockets = new ProcNetwork(folder(pid), root.resolve("self")).listening(address, port);
            boolean listens = tree.pids()
                    .filter(each -> tree.isOf(each, pid))
                    .anyMatch(each -> sockets.stream().anyMatch(socket -> tree.holds(each, socket)));
            return listens
                    ? numbered(pid)
                    : new ProcessEvidence.Unseen("neither process " + pid + " nor a child of it listens at "
                            + address.getHostAddress() + ":" + port);
        } catch (IOException e) {
            return new ProcessEvidence.Unseen("process " + pid + " cannot be read: " + e);
        }
    }

    ProcessEvidence numbered(long pid) {
        try {
            return new ProcessEvidence.Seen(process(pid));
        } catch (IOException e) {
            return new ProcessEvidence.Unseen("process " + pid + " cannot be read: " + e);
        }
    }

    private ProcessEvidence owner(long socket, int port) throws IOException {
        // Forked workers share the socket; the parent, which has the lowest number, was started with the launch.
        Optional<Long> pid =
                tree.pids().filter(each -> tree.holds(each, socket)).min(Long::compare);
        return pid.isEmpty()
                ? new ProcessEvidence.Unseen("the process on port " + port + " belongs to another user or container")
                : new ProcessEvidence.Seen(process(pid.get()));
    }

    LocalProcess process(long pid) throws IOException {
        long ticks = startTicks(pid);
        Map<String, String> environment = ProcText.environment(folder(pid));
        ProcessRoot seen = ProcessRoot.of(root, folder(pid));
        PathOrigin origin = seen.origin();
        return new LocalProcess(
                pid,
                ticks,
                bootTime().plusMillis(ticks * 1000 / TICKS_PER_SECOND),
                ProcText.argv(folder(pid)),
                seen.here(Files.readSymbolicLink(folder(pid).resolve("exe"))),
                origin,
                searchPath(environment.getOrDefault("PATH", ""), origin),
                LaunchEnvironment.fields(environment),
                mapped(pid, seen),
                MountTable.read(folder(pid), origin.root()));
    }

    private static String searchPath(String path, PathOrigin origin) {
        return origin.isElsewhere()
                ? VideoTools.folders(path)
                        .map(folder -> origin.resolve(folder.toString()).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : path;
    }

    private List<MappedFile> mapped(long pid, ProcessRoot seen) throws IOException {
        return Files.readAllLines(folder(pid).resolve("maps")).stream()
                .flatMap(line -> MappedFile.of(line).stream())
                .distinct()
                .map(file -> file.at(seen.here(file.path())))
                .toList();
    }

    private long startTicks(long pid) throws IOException {
        return Long.parseLong(tree.stat(pid)[START_TIME_AFTER_NAME]);
    }

    private Instant bootTime() throws IOException {
        String uptime = Files.readString(root.resolve("uptime"));
        String seconds = uptime.substring(0, uptime.indexOf(' '));
        return clock.instant().minus(Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)));
    }

    private Path folder(long pid) {
        return root.resolve(Long.toString(pid));
    }
}
