package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathTrailTest {
    private static final Path SLASH = Path.of("/");

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        folder = temporary.toRealPath();
        Files.writeString(Files.createDirectories(folder.resolve("store/v1")).resolve("m.gguf"), "a");
    }

    @Test
    void names_every_link_and_folder_on_the_way() throws IOException {
        Files.createSymbolicLink(folder.resolve("current"), Path.of("store/v1"));
        Files.createSymbolicLink(folder.resolve("model"), folder.resolve("current/../v1/m.gguf"));

        PathTrail trail = PathTrail.of(folder.resolve("./model"), SLASH);

        assertThat(trail.links()).containsExactly(folder.resolve("model"), folder.resolve("current"));
        assertThat(trail.folders()).contains(folder, folder.resolve("store"), folder.resolve("store/v1"));
        assertThat(trail.end()).isEqualTo(folder.resolve("store/v1/m.gguf"));
    }

    @Test
    void a_link_with_a_whole_path_begins_at_the_root_of_its_own_file_system() throws IOException {
        Path jail = Files.createDirectories(folder.resolve("jail"));
        Files.writeString(Files.createDirectories(jail.resolve("models")).resolve("m.gguf"), "b");
        Files.createSymbolicLink(jail.resolve("m"), Path.of("/models/m.gguf"));
        Files.createSymbolicLink(jail.resolve("out"), Path.of("../../models/m.gguf"));

        assertThat(PathTrail.of(jail.resolve("m"), jail).end()).isEqualTo(jail.resolve("models/m.gguf"));
        assertThat(PathTrail.of(jail.resolve("out"), jail).end()).isEqualTo(jail.resolve("models/m.gguf"));
    }

    @Test
    void says_when_there_is_nothing_or_no_end() throws IOException {
        Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));

        assertThatThrownBy(() -> PathTrail.of(folder.resolve("none"), SLASH)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> PathTrail.of(folder.resolve("round"), SLASH))
                .hasMessage("it leads over more than 40 links");
    }

    @Test
    void the_files_of_this_very_process_lie_below_its_root() throws IOException {
        Path same = Path.of("/proc/" + ProcessHandle.current().pid() + "/root" + folder + "/store/v1/m.gguf");

        assertThat(PathTrail.real(same)).isEqualTo(same);
        assertThat(PathTrail.real(folder.resolve("store/../store"))).isEqualTo(folder.resolve("store"));
    }
}
