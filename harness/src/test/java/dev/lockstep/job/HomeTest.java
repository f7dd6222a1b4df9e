package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void follows_the_environment_first() {
        assertThat(Home.of(Map.of("LOCKSTEP_HOME", "/data/lockstep"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/data/lockstep"));
    }

    @Test
    void uses_the_cache_folder_of_each_system() {
        assertThat(Home.of(Map.of(), "Linux", "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/lockstep"));
        assertThat(Home.of(Map.of("XDG_CACHE_HOME", "/var/cache/ada"), "Linux", "/home/ada"))
                .isEqualTo(Path.of("/var/cache/ada/lockstep"));
        assertThat(Home.of(Map.of("LOCKSTEP_HOME", " "), "Mac OS X", "/Users/ada"))
                .isEqualTo(Path.of("/Users/ada/Library/Caches/lockstep"));
    }
}
