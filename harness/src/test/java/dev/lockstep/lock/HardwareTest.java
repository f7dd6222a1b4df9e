package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    @TempDir
    private Path proc;

    @Test
    void tells_processor_and_instruction_set() throws IOException {
        write("cpuinfo", "processor\t: 0\nmodel name\t: Xeon\nflags\t\t: sse avx fma\n\nmodel name\t: Xeon\n");

        assertThat(Hardware.fromProc(proc))
                .hasToString("{cpu=\"Xeon\", instructionSet=\"sha256:" + Sha256.of("avx fma sse") + "\"}");
    }

    @Test
    void tells_graphics_cards() throws IOException {
        write("driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64  570.86\nGCC version: 12\n");
        write("driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA H200\nIRQ: 1\n");
        write("driver/nvidia/gpus/0000:02:00.0/information", "Model: \t\t NVIDIA A10\n");

        assertThat(Hardware.fromProc(proc))
                .hasToString("{gpuDriver=\"NVIDIA UNIX x86_64  570.86\", gpus=\"NVIDIA A10, NVIDIA H200\"}");
    }

    @Test
    void says_nothing_where_nothing_can_be_read() {
        assertThat(Hardware.fromProc(proc)).isEmpty();
    }

    @Test
    void tells_of_this_machine_what_every_machine_has() {
        assertThat(Hardware.read()).containsKeys("architecture", "os", "cores").isEqualTo(Hardware.read());
    }

    private void write(String path, String content) throws IOException {
        Path file = proc.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
