package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcFilesTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx rx tr tm retrnsmt   uid  timeout inode\n";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
    private static final URI LOCAL = URI.create("http://127.0.0.1:18090");

    @TempDir
    Path proc;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("uptime"), "1000.00 1.00\n");
        sockets("0100007F:46AA", "4711");
    }

    @Test
    void finds_the_process_that_listens_with_its_launch_and_files() throws IOException {
        process(42, "4711");

        LocalProcess found = seen(LOCAL);

        assertThat(found.pid()).isEqualTo(42);
        assertThat(found.epoch()).isEqualTo("42:20981");
        assertThat(found.argv()).containsExactly("python", "serve.py", "--port", "18090");
        assertThat(found.searchPath()).isEqualTo("/usr/bin");
        assertThat(found.environment()).hasToString("{env.OMP_NUM_THREADS=\"4\", env.VLLM_API_KEY=\"${secret}\"}");
        assertThat(found.mapped())
                .containsExactly(
                        new MappedFile(Path.of("/m/a model.gguf"), "fe:00", 77, false),
                        new MappedFile(Path.of("/m/old.so"), "fe:00", 78, true));
        // 1000 s after boot it is noon; the process was started 20981 ticks of 10 ms after boot
        assertThat(found.started()).isEqualTo(Instant.parse("2026-01-02T11:46:49.810Z"));
    }

    @Test
    void takes_the_parent_of_forked_workers() throws IOException {
        process(43, "4711");
        process(42, "4711");

        assertThat(seen(LOCAL).pid()).isEqualTo(42);
    }

    @Test
    void prefers_the_socket_of_the_address_over_one_of_all_addresses() throws IOException {
        sockets("00000000:46AA", "1", "0100007F:46AA", "2");
        process(50, "1");
        process(51, "2");

        assertThat(seen(LOCAL).pid()).isEqualTo(51);
    }

    @Test
    void finds_a_listener_on_ipv6() throws IOException {
        Files.writeString(proc.resolve("net/tcp"), HEADER);
        Files.writeString(proc.resolve("net/tcp6"), HEADER + line("00000000000000000000000001000000:46AA", "9"));
        process(60, "9");

        assertThat(seen(URI.create("http://[::1]:18090")).pid()).isEqualTo(60);
    }

    @Test
    void says_why_nothing_can_be_seen() throws IOException {
        assertThat(ProcessEvidence.of(LOCAL, new ProcFiles(proc, NOON)))
                .isEqualTo(
                        new ProcessEvidence.Unseen("the process on port 18090 belongs to another user or container"));
        assertThat(ProcessEvidence.of(URI.create("http://127.0.0.1:1"), new ProcFiles(proc, NOON)))
                .isEqualTo(new ProcessEvidence.Unseen("no process here listens on port 1"));
        assertThat(ProcessEvidence.of(URI.create("http://192.0.2.7:80"), new ProcFiles(proc, NOON)))
                .isEqualTo(new ProcessEvidence.Unseen(
                        "192.0.2.7 is another machine; its processes cannot be read from here"));
        Path noLinux = proc.resolve("none");
        assertThat(ProcessEvidence.of(LOCAL, new ProcFiles(noLinux, NOON)))
                .isEqualTo(new ProcessEvidence.Unseen("this system does not show its processes under " + noLinux));
    }

    @Test
    void finds_this_very_process_on_linux() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessEvidence evidence =
                    ProcessEvidence.of(URI.create("http://127.0.0.1:" + socket.getLocalPort()), NOON);

            assertThat(evidence)
                    .isInstanceOfSatisfying(
                            ProcessEvidence.Seen.class,
                            seen -> assertThat(seen.process().pid())
                                    .isEqualTo(ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_process_serves_where_it_or_a_child_of_it_listens() throws IOException {
        process(42, "4711");
        process(41, "1");
        parent(42, 41);
        process(43, "2");
        ownNetwork(41, 42, 43);

        assertThat(listening(42)).isInstanceOf(ProcessEvidence.Seen.class);
        assertThat(listening(41).seen().orElseThrow().pid()).isEqualTo(41);
        assertThat(listening(43))
                .isEqualTo(
                        new ProcessEvidence.Unseen("neither process 43 nor a child of it listens at 127.0.0.1:18090"));
    }

    @Test
    void in_a_network_of_its_own_a_process_serves_at_its_own_addresses() throws IOException {
        process(42, "9");
        Path network = Files.createDirectories(proc.resolve("42/net"));
        Files.writeString(network.resolve("tcp"), HEADER + line("00000000:46AA", "9"));
        Files.writeString(network.resolve("fib_trie"), """
                Local:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 127.0.0.1
                        /32 host LOCAL
                     |-- 10.1.2.0
                        /24 link UNICAST
                     |-- 10.1.2.3
                        /32 host LOCAL
                """);
        Files.writeString(network.resolve("if_inet6"), "fd000000000000000000000000000007 02 40 00 80     eth0\n");
        link(proc.resolve("self/ns/net"), "net:[1]");
        link(proc.resolve("42/ns/net"), "net:[2]");

        assertThat(listening(42, "http://10.1.2.3:18090").seen()).isPresent();
        assertThat(listening(42, "http://[fd00::7]:18090").seen()).isPresent();
        assertThat(listening(42, "http://127.0.0.1:18090").seen()).isEmpty();
        assertThat(listening(42, "http://10.9.9.9:18090"))
                .isEqualTo(
                        new ProcessEvidence.Unseen("neither process 42 nor a child of it listens at 10.9.9.9:18090"));
    }

    @Test
    void a_process_with_other_mounts_is_read_below_its_root() throws IOException {
        process(42, "4711");
        Path jail = Files.createDirectories(proc.resolve("jail"));
        Files.createSymbolicLink(proc.resolve("42/root"), jail);
        link(proc.resolve("self/ns/mnt"), "mnt:[1]");
        link(proc.resolve("42/ns/mnt"), "mnt:[2]");

        LocalProcess found = seen(LOCAL);

        Path root = proc.resolve("42/root");
        assertThat(found.origin()).isEqualTo(new PathOrigin(root, root.resolve("nowhere")));
        assertThat(found.origin().resolve("/m/x.gguf")).isEqualTo(root.resolve("m/x.gguf"));
        assertThat(found.executable()).isEqualTo(root.resolve("nowhere/python3"));
        assertThat(found.searchPath()).isEqualTo(root.resolve("usr/bin").toString());
        assertThat(found.mapped()).first().extracting(MappedFile::path).isEqualTo(root.resolve("m/a model.gguf"));
    }

    @Test
    void a_process_in_a_changed_root_names_its_files_from_there() throws IOException {
        process(42, "4711");
        Files.createSymbolicLink(proc.resolve("42/root"), Path.of("/srv/jail"));

        LocalProcess found = seen(LOCAL);

        assertThat(found.origin().resolve("/m/x.gguf")).isEqualTo(proc.resolve("42/root/m/x.gguf"));
        assertThat(found.executable()).isEqualTo(Path.of("/nowhere/python3"));
    }

    private ProcessEvidence listening(long pid) {
        return listening(pid, LOCAL.toString());
    }

    private ProcessEvidence listening(long pid, String url) {
        return ProcessEvidence.listening(pid, URI.create(url), new ProcFiles(proc, NOON));
    }

    private void parent(int pid, int of) throws IOException {
        Path stat = proc.resolve(pid + "/stat");
        Files.writeString(stat, Files.readString(stat).replace(" S 1 ", " S " + of + " "));
    }

    private void ownNetwork(int... pids) throws IOException {
        for (int pid : pids) {
            Files.createSymbolicLink(proc.resolve(pid + "/net"), proc.resolve("net"));
        }
    }

    private static void link(Path link, String target) throws IOException {
        Files.createSymbolicLink(
                Files.createDirectories(link.getParent()).resolve(link.getFileName()), Path.of(target));
    }

    private LocalProcess seen(URI url) {
        return switch (ProcessEvidence.of(url, new ProcFiles(proc, NOON))) {
            case ProcessEvidence.Seen(LocalProcess process) -> process;
            case ProcessEvidence.Unseen(String why) -> throw new AssertionError(why);
        };
    }

    private void sockets(String... addressesAndInodes) throws IOException {
        StringBuilder table = new StringBuilder(HEADER);
        for (int i = 0; i < addressesAndInodes.length; i += 2) {
            table.append(line(addressesAndInodes[i], addressesAndInodes[i + 1]));
        }
        Files.writeString(proc.resolve("net/tcp"), table);
    }

    private static String line(String address, String inode) {
        return "   0: " + address + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 1 0000000000000000 100 0 0 10 0\n";
    }

    private void process(int pid, String socket) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.createDirectories(folder.resolve("fd"));
        Files.createSymbolicLink(folder.resolve("fd/3"), Path.of("socket:[" + socket + "]"));
        Files.createSymbolicLink(folder.resolve("exe"), Path.of("/nowhere/python3"));
        Files.createSymbolicLink(folder.resolve("cwd"), Path.of("/nowhere"));
        Files.writeString(folder.resolve("cmdline"), "python\0serve.py\0--port\00018090\0");
        Files.writeString(
                folder.resolve("environ"), "HOME=/root\0PATH=/usr/bin\0VLLM_API_KEY=s3cret\0OMP_NUM_THREADS=4\0");
        Files.writeString(
                folder.resolve("stat"),
                pid + " (py (x) y) S 1 2297 1405 0 -1 4194304 55619 0 3 0 12 62 0 0 20 0 11 0 20981 877412352 22057\n");
        Files.writeString(folder.resolve("maps"), """
                7f00-7f01 r--s 00000000 fe:00 77                       /m/a model.gguf
                7f01-7f02 r-xp 00001000 fe:00 77                       /m/a model.gguf
                7f03-7f04 r--p 00000000 fe:00 78                       /m/old.so (deleted)
                7f05-7f06 rw-p 00000000 00:00 0                        [heap]
                7f07-7f08 rw-p 00000000 00:00 0\s
                """);
    }
}
