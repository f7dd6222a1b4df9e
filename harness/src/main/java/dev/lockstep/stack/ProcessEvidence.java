package dev.lockstep.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What this machine can tell of the process behind an endpoint. */
public sealed interface ProcessEvidence {
    /** Where Linux shows its processes. */
    Path PROC = Path.of("/proc");

    /** The process that listens there. */
    record Seen(LocalProcess process) implements ProcessEvidence {}

    /** Nothing, and why. */
    record Unseen(String why) implements ProcessEvidence {}

    /** Returns the process, if it can be looked at. */
    default Optional<LocalProcess> seen() {
        return switch (this) {
            case Seen(LocalProcess process) -> Optional.of(process);
            case Unseen unseen -> Optional.empty();
        };
    }

    /** Looks for the process that listens on the URL's port; never fails. */
    static ProcessEvidence of(URI url, Clock clock) {
        return of(url, new ProcFiles(PROC, clock));
    }

    /**
     * Looks for a process by its number, if it listens at the URL's address, or a child of it does; never fails.
     *
     * <p>Its own network counts, for in a container it has other addresses than this process.
     */
    static ProcessEvidence listening(long pid, URI url, Clock clock) {
        return listening(pid, url, new ProcFiles(PROC, clock));
    }

    /** Returns the id of this machine's boot; empty where the system does not tell. */
    static String boot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static ProcessEvidence of(URI url, ProcFiles proc) {
        try {
            InetAddress address = InetAddress.getByName(url.getHost());
            if (!isOfThisMachine(address)) {
                return new Unseen(url.getHost() + " is another machine; its processes cannot be read from here");
            }
            return proc.listener(address, port(url));
        } catch (UnknownHostException | SocketException e) {
            return new Unseen(url.getHost() + " has no known address");
        }
    }

    static ProcessEvidence listening(long pid, URI url, ProcFiles proc) {
        try {
            return proc.numbered(pid, InetAddress.getByName(url.getHost()), port(url));
        } catch (UnknownHostException e) {
            return new Unseen(url.getHost() + " has no known address");
        }
    }

    static boolean isOfThisMachine(InetAddress address) throws SocketException {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }
}
