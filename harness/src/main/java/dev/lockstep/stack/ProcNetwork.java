package dev.lockstep.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network as a process sees it: in a container, other addresses and sockets than this process has.
 *
 * @param folder {@code /proc/<pid>}, or a folder like it
 * @param own the same of this process
 */
record ProcNetwork(Path folder, Path own) {
    private static final Path NAMESPACE = Path.of("ns/net");
    private static final Pattern LOCAL = Pattern.compile("\\|-- (\\S+)\\s+/32 host LOCAL");

    /** Returns the sockets that listen at an address, if it is one of the process's. */
    Set<Long> listening(InetAddress address, int port) throws IOException {
        return has(address) ? new ListeningSockets(tables()).inodes(address, port) : Set.of();
    }

    /** Reads the tables of sockets of both versions of the protocol. */
    List<String> tables() throws IOException {
        List<String> lines = new ArrayList<>(lines("net/tcp"));
        lines.addAll(lines("net/tcp6"));
        return lines;
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    }

    /** Addresses of another network may be those of another machine; what is called local there is not what is called so here. */
    private boolean has(InetAddress address) throws IOException {
        if (isOfThis()) {
            return ProcessEvidence.isOfThisMachine(address);
        }
        return !address.isLoopbackAddress() && addresses().contains(address.getHostAddress());
    }

    private boolean isOfThis() throws IOException {
        Path mine = own.resolve(NAMESPACE);
        return !Files.isSymbolicLink(mine)
                || Files.readSymbolicLink(mine).equals(Files.readSymbolicLink(folder.resolve(NAMESPACE)));
    }

    private Set<String> addresses() throws IOException {
        Set<String> addresses = new TreeSet<>();
        Matcher matcher = LOCAL.matcher(String.join("\n", lines("net/fib_trie")));
        while (matcher.find()) {
            addresses.add(matcher.group(1));
        }
        for (String line : lines("net/if_inet6")) {
            addresses.add(InetAddress.getByAddress(HexFormat.of().parseHex(line.substring(0, 32)))
                    .getHostAddress()
                    .toLowerCase(Locale.ROOT));
        }
        return addresses;
    }
}
