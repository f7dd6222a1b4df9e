package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were there before a process started, and every way to put others in their place afterwards. */
final class FileTrustTest {
    private static final String PROCESS = "process 7 (llama-server)";

    @TempDir
    Path temporary;

    private Path folder;
    private Path file;
    private Path other;
    private Instant started;

    @BeforeEach
    void layOut() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("disk"));
        file = Files.writeString(
                Files.createDirectories(folder.resolve("models/v1")).resolve("m.gguf"), "locked");
        other = Files.writeString(
                Files.createDirectories(folder.resolve("other/v1")).resolve("m.gguf"), "served");
        Files.createSymbolicLink(folder.resolve("current"), Path.of("models"));
        started = nextTick();
    }

    @Test
    void trusts_what_was_there_before_the_start() throws IOException {
        assertThat(trust().doubt(file)).isEmpty();
        assertThat(trust().doubt(folder.resolve("current/v1/m.gguf"))).isEmpty();
    }

    @Test
    void trusts_it_beside_files_that_come_and_go() throws IOException {
        Files.writeString(file.resolveSibling("server.log"), "x");
        Files.writeString(folder.resolve("notes.txt"), "x");

        assertThat(trust().doubt(file)).isEmpty();
    }

    @Test
    void doubts_a_file_that_was_written_or_replaced() throws IOException {
        Files.writeString(file, "other!");

        assertThat(trust().doubt(file)).contains(file + " changed after " + PROCESS + " started; restart it");
    }

    @Test
    void doubts_a_file_whose_folder_was_moved_there() throws IOException {
        Files.move(folder.resolve("models/v1"), folder.resolve("models/old"));
        Files.move(folder.resolve("other/v1"), folder.resolve("models/v1"));

        assertThat(trust().doubt(file))
                .contains("the folder " + folder.resolve("models/v1") + " may have been put there after " + PROCESS
                        + " started, which does not map " + file + "; restart it");
    }

    @Test
    void doubts_a_file_of_which_a_folder_farther_up_was_moved_there() throws IOException {
        Files.move(folder.resolve("models"), folder.resolve("old"));
        Files.move(folder.resolve("other"), folder.resolve("models"));

        assertThat(trust().doubt(file))
                .contains("the folder " + folder.resolve("models") + " may have been put there after " + PROCESS
                        + " started, which does not map " + file + "; restart it");
    }

    @Test
    void doubts_a_file_behind_a_link_to_a_folder_that_was_set_anew() throws IOException {
        Files.delete(folder.resolve("current"));
        Files.createSymbolicLink(folder.resolve("current"), Path.of("other"));

        assertThat(trust().doubt(folder.resolve("current/v1/m.gguf")))
                .contains(
                        "the link " + folder.resolve("current") + " was set after " + PROCESS + " started; restart it");
    }

    @Test
    void a_folder_in_which_the_process_holds_a_file_was_not_moved_there() throws IOException {
        Path weights = Files.writeString(file.resolveSibling("w.gguf"), "w");
        Files.writeString(folder.resolve("models/notes.txt"), "x");

        assertThat(trust().doubt(file)).isNotEmpty();
        assertThat(trust(map(weights, weights)).doubt(file)).isEmpty();
    }

    @Test
    void a_file_that_the_process_maps_is_that_very_one_wherever_it_lies() throws IOException {
        Files.move(folder.resolve("models"), folder.resolve("moved"));
        Path moved = folder.resolve("moved/v1/m.gguf");
        Files.move(folder.resolve("moved/v1"), folder.resolve("v1"));

        assertThat(trust(map(moved, folder.resolve("v1/m.gguf"))).doubt(folder.resolve("v1/m.gguf")))
                .isEmpty();
    }

    @Test
    void doubts_a_file_while_the_process_holds_another_one_of_its_name() throws IOException {
        MappedFile held = map(other, other);

        assertThat(trust(held).doubt(file)).contains(PROCESS + " holds " + other + ", not " + file + "; restart it");
        assertThat(trust(new MappedFile(file, held.device(), held.inode(), true))
                        .doubt(file))
                .contains(PROCESS + " holds an earlier file of this name; restart it");
    }

    @Test
    void a_file_is_mapped_by_inode_and_device_and_not_by_its_path() throws IOException {
        MappedFile same = map(file, file);

        assertThat(same.is(file, mounts("ext4"))).isTrue();
        assertThat(new MappedFile(file, same.device(), same.inode() + 1, false).is(file, mounts("ext4")))
                .isFalse();
        assertThat(new MappedFile(file, same.device(), same.inode(), true).is(file, mounts("ext4")))
                .isFalse();
        assertThat(new MappedFile(file, "09:99", same.inode(), false).is(file, mounts("ext4")))
                .isFalse();
    }

    @Test
    void where_maps_show_the_device_of_another_layer_the_path_must_be_the_same() throws IOException {
        MappedFile layer = new MappedFile(file, "09:99", map(file, file).inode(), false);

        assertThat(layer.is(file, mounts("overlay"))).isTrue();
        assertThat(layer.at(other).is(file, mounts("overlay"))).isFalse();
        assertThat(layer.is(file, new MountTable(List.of(new MountTable.Mount(folder, "09:99", "btrfs")))))
                .isTrue();
    }

    @Test
    void reads_what_is_mounted() throws IOException {
        Files.writeString(folder.resolve("mountinfo"), """
                22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
                31 22 0:48 / /data\\040one rw shared:2 master:3 - overlay overlay rw
                32 22 0:49 / /data\\040one rw - tmpfs tmpfs rw
                """);

        MountTable mounts = MountTable.read(folder, Path.of("/"));

        assertThat(mounts.of(Path.of("/data/x"))).contains(new MountTable.Mount(Path.of("/"), "fe:00", "ext4"));
        assertThat(mounts.of(Path.of("/data one/x")))
                .contains(new MountTable.Mount(Path.of("/data one"), "00:31", "tmpfs"));
        assertThat(MountTable.read(folder, Path.of("/proc/9/root")).of(Path.of("/proc/9/root/data one/x")))
                .contains(new MountTable.Mount(Path.of("/proc/9/root/data one"), "00:31", "tmpfs"));
    }

    private MountTable mounts(String type) {
        return new MountTable(List.of(new MountTable.Mount(folder, "00:30", type)));
    }

    private FileTrust trust(MappedFile... mapped) {
        return new FileTrust(new LocalProcess(
                7,
                1,
                started,
                List.of(),
                Path.of("/usr/bin/llama-server"),
                Path.of("/nowhere"),
                "",
                new TreeMap<>(),
                List.of(mapped)));
    }

    private static MappedFile map(Path path, Path here) throws IOException {
        long device = (long) Files.getAttribute(here, "unix:dev");
        return new MappedFile(
                path,
                MappedFile.device((device >>> 8) & 0xfff, device & 0xff),
                (long) Files.getAttribute(here, "unix:ino"),
                false);
    }

    /** Waits until the clock of the file system, which goes in steps, has gone on; returns the time before that. */
    private Instant nextTick() throws IOException {
        Instant before = changed(Files.writeString(temporary.resolve("tick"), ""));
        Instant now = before;
        while (!now.isAfter(before)) {
            now = changed(Files.writeString(temporary.resolve("tick"), "x"));
        }
        return before;
    }

    private static Instant changed(Path file) throws IOException {
        return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant();
    }
}
