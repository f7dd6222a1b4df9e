package dev.lockstep.stack;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kernel's table of TCP sockets; finds the inodes of those that listen on one address and port. */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String MAPPED_PREFIX = "0000000000000000FFFF0000";

    private final List<Socket> sockets;

    private record Socket(String address, int port, long inode) {
        boolean isWildcard() {
            return address.chars().allMatch(digit -> digit == '0');
        }
    }

    /** Reads the lines of {@code /proc/net/tcp} and {@code tcp6}. */
    ListeningSockets(List<String> lines) {
        sockets = lines.stream()
                .map(line -> BLANKS.split(line.strip()))
                .filter(columns -> columns.length > 9 && columns[3].equals(LISTEN))
                .map(ListeningSockets::socket)
                .toList();
    }

    /** Returns the sockets bound to exactly this address, else those bound to every address. */
    Set<Long> inodes(InetAddress address, int port) {
        Set<String> spellings = spellings(address);
        List<Socket> onPort =
                sockets.stream().filter(socket -> socket.port() == port).toList();
        Set<Long> exact = onPort.stream()
                .filter(socket -> spellings.contains(socket.address()))
                .map(Socket::inode)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!exact.isEmpty()) {
            return exact;
        }
        return onPort.stream()
                .filter(Socket::isWildcard)
                .map(Socket::inode)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Socket socket(String[] columns) {
        String local = columns[1];
        int colon = local.indexOf(':');
        int port = Integer.parseInt(local.substring(colon + 1), 16);
        return new Socket(local.substring(0, colon), port, Long.parseLong(columns[9]));
    }

    private static Set<String> spellings(InetAddress address) {
        String words = littleEndianWords(address.getAddress());
        return address instanceof Inet4Address ? Set.of(words, MAPPED_PREFIX + words) : Set.of(words);
    }

    /** The kernel prints an address as 32-bit words in the byte order of the machine, which is little-endian here. */
    private static String littleEndianWords(byte[] address) {
        StringBuilder words = new StringBuilder();
        for (int at = 0; at < address.length; at += 4) {
            for (int i = 3; i >= 0; i--) {
                words.append(HexFormat.of().toHexDigits(address[at + i]));
            }
        }
        return words.toString().toUpperCase(Locale.ROOT);
    }
}
