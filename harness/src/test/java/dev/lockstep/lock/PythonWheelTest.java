package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.testing.WheelBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonWheelTest {
    @TempDir
    private Path folder;

    @Test
    void wheel_is_what_it_installs() throws IOException {
        WheelBytes bytes = wheel();
        bytes.installInto(folder.resolve("site"));

        assertThat(PythonWheel.identity(bytes.writeTo(folder)))
                .isEqualTo(PythonPackage.identity(folder.resolve("site"), "fast-engine"))
                .containsKeys("native.fast_engine/core.so", "sources", "version");
    }

    @Test
    void another_build_of_the_same_version_is_another_wheel() throws IOException {
        var before = PythonWheel.identity(wheel().writeTo(folder));
        var after = PythonWheel.identity(
                wheel().with("fast_engine/core.so", "native, built again").writeTo(folder));

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void source_below_the_data_folder_counts() throws IOException {
        var before = PythonWheel.identity(wheel().writeTo(folder));
        var after = PythonWheel.identity(wheel().with("fast_engine-1.2.data/purelib/fast_engine/more.py", "pass")
                .writeTo(folder));

        assertThat(after.get("sources")).isNotEqualTo(before.get("sources"));
    }

    @Test
    void half_a_download_is_no_wheel() throws IOException {
        Path wheel = wheel().writeTo(folder);
        byte[] bytes = Files.readAllBytes(wheel);
        Files.write(wheel, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> PythonWheel.identity(wheel))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(wheel + ": is no whole wheel (zip END header not found); fetch it anew");
    }

    @Test
    void archive_without_metadata_is_no_wheel() throws IOException {
        Path jar = folder.resolve("x-1-py3-none-any.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("x.py"));
        }

        assertThatThrownBy(() -> PythonWheel.identity(jar))
                .hasMessage(jar + ": is no whole wheel (it holds no METADATA); fetch it anew");
    }

    private static WheelBytes wheel() {
        return new WheelBytes("fast_engine", "1.2")
                .with("fast_engine/__init__.py", "import core")
                .with("fast_engine/core.so", "native")
                .with("fast_engine.libs/libgomp.so.1.0.0", "openmp")
                .with("fast_engine-1.2.data/purelib/fast_engine/extra.py", "pass")
                .with("fast_engine-1.2.data/scripts/tool.py", "print()");
    }
}
