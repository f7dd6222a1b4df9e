package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonPackageTest {
    @TempDir
    private Path site;

    @BeforeEach
    void install() throws IOException {
        write("fast_engine/__init__.py", "import core");
        write("fast_engine/core.cpython-312-x86_64-linux-gnu.so", "native");
        write("fast_engine.libs/libgomp-a34b3233.so.1.0.0", "openmp");
        write("other/other.so", "not ours");
        write(
                "fast_engine-1.2.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: Fast_Engine\nVersion: 1.2\n\nName: no\n");
        write("fast_engine-1.2.dist-info/RECORD", """
                ../../bin/fast-engine,sha256=x,10
                fast_engine/__init__.py,sha256=x,11
                fast_engine/__pycache__/__init__.cpython-312.pyc,,
                "fast_engine/core.cpython-312-x86_64-linux-gnu.so",sha256=x,6
                fast_engine.libs/libgomp-a34b3233.so.1.0.0,sha256=x,6
                fast_engine-1.2.dist-info/RECORD,,
                """);
    }

    @Test
    void tells_version_sources_and_every_native_module() {
        String sources = "{\"fast_engine/__init__.py\":\"" + Sha256.of("import core") + "\"}";

        assertThat(PythonPackage.identity(site, "Fast.Engine"))
                .hasToString(
                        "{distribution=\"fast-engine\", native.fast_engine.libs/libgomp-a34b3233.so.1.0.0=\"sha256:"
                                + Sha256.of("openmp")
                                + "\", native.fast_engine/core.cpython-312-x86_64-linux-gnu.so=\"sha256:"
                                + Sha256.of("native")
                                + "\", sources=\"sha256:" + Sha256.of(sources) + "\", version=\"1.2\"}");
    }

    @Test
    void another_build_of_the_same_version_is_another_identity() throws IOException {
        SortedMap<String, JsonNode> before = PythonPackage.identity(site, "fast-engine");
        write("fast_engine/core.cpython-312-x86_64-linux-gnu.so", "native, built again");

        assertThat(PythonPackage.identity(site, "fast-engine")).isNotEqualTo(before);
    }

    @Test
    void module_beside_the_recorded_ones_is_seen() throws IOException {
        write("fast_engine/extra.so", "more");

        assertThat(PythonPackage.identity(site, "fast-engine")).containsKey("native.fast_engine/extra.so");
    }

    @Test
    void edited_source_is_seen() throws IOException {
        SortedMap<String, JsonNode> before = PythonPackage.identity(site, "fast-engine");
        write("fast_engine/__init__.py", "import core as c");

        SortedMap<String, JsonNode> after = PythonPackage.identity(site, "fast-engine");
        assertThat(after.get("sources")).isNotEqualTo(before.get("sources"));
        assertThat(after.tailMap("version")).isEqualTo(before.tailMap("version"));
    }

    @Test
    void missing_package_is_named() {
        refuses(
                "slow-engine",
                site + ": the Python package 'slow-engine' is not installed here; install it, or name"
                        + " the folder where it is");
    }

    @Test
    void missing_folder_is_named() {
        Path nowhere = site.resolve("nowhere");
        assertThatThrownBy(() -> PythonPackage.identity(nowhere, "fast-engine"))
                .isInstanceOf(LockstepException.class)
                .hasMessage(nowhere + ": there is no such folder; name the environment's site-packages");
    }

    @Test
    void recorded_module_that_is_gone_is_named() throws IOException {
        Path module = site.resolve("fast_engine/core.cpython-312-x86_64-linux-gnu.so");
        Files.delete(module);

        refuses(
                "fast-engine",
                site + ": the Python package 'fast-engine' cannot be read" + " (java.io.UncheckedIOException: " + module
                        + ": cannot be hashed); install it anew");
    }

    @Test
    void metadata_without_version_is_named() throws IOException {
        write("fast_engine-1.2.dist-info/METADATA", "Name: fast-engine\n\nVersion: 3\n");

        refuses(
                "fast-engine",
                site.resolve("fast_engine-1.2.dist-info/METADATA") + ": has no 'Version'; install the package anew");
    }

    private void refuses(String distribution, String message) {
        assertThatThrownBy(() -> PythonPackage.identity(site, distribution))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(message);
    }

    private void write(String path, String content) throws IOException {
        Path file = site.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
