package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedHardwareTest {
    private static final Path SAVED = Path.of("src/test/resources/saved");
    private static final Position NAMED = new Position(Path.of("stack.yaml"), 7, 3);

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @Test
    void nvidia_smi_tells_cards_and_driver_but_no_serial_number() {
        assertThat(nvidiaSmi(SAVED.resolve("nvidia-smi.xml")))
                .hasToString("{cudaVersion=\"12.8\", gpuArchitecture=\"Hopper, Hopper\", gpuDriver.branch=\"570\","
                        + " gpuDriver.version=\"570.133.20\", gpuEcc=\"Enabled, Enabled\","
                        + " gpuMemory=\"143771 MiB, 143771 MiB\", gpuMig=\"Disabled\","
                        + " gpus=\"NVIDIA H200, NVIDIA H200\"}");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lscpu.json", "lscpu.txt"})
    void lscpu_tells_the_processor_in_both_of_its_forms(String file) {
        assertThat(SavedHardware.lscpu(SAVED.resolve(file), NAMED, problems))
                .hasToString("{architecture=\"amd64\", cores=64, cpu=\"Intel(R) Xeon(R) Gold 6430\","
                        + " instructionSet=\"sha256:" + Sha256.of("amx_bf16 avx512f fpu sse2") + "\"}");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void says_where_the_xml_is_broken() throws IOException {
        Path file = Files.writeString(folder.resolve("smi.xml"), "<nvidia_smi_log>\n<gpu></nvidia_smi_log>");

        assertThat(nvidiaSmi(file)).isEmpty();
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(file + ":2:8: is not what `nvidia-smi -q -x` writes: The element type \"gpu\" must be"
                        + " terminated by the matching end-tag \"</gpu>\".; save it again");
    }

    @Test
    void fetches_nothing_that_the_xml_names() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        Path file = Files.writeString(folder.resolve("smi.xml"), """
                <!DOCTYPE nvidia_smi_log [<!ENTITY x SYSTEM "%s">]>
                <nvidia_smi_log><cuda_version>&x;</cuda_version></nvidia_smi_log>""".formatted(secret.toUri()));

        assertThat(nvidiaSmi(file)).isEmpty();
        assertThat(problems.list()).singleElement().asString().doesNotContain("s3cret");
    }

    @Test
    void says_what_to_save_when_a_file_tells_nothing_or_is_not_there() throws IOException {
        Path other = Files.writeString(folder.resolve("other.xml"), "<other/>");
        Path missing = folder.resolve("missing.json");
        nvidiaSmi(other);
        SavedHardware.lscpu(missing, NAMED, problems);

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "stack.yaml:7:3: hardware: " + other
                                + " says nothing of a GPU; save it with `nvidia-smi -q -x`",
                        "stack.yaml:7:3: hardware: " + missing
                                + " is not there; paths start at the folder of stack.yaml");
    }

    private SortedMap<String, JsonNode> nvidiaSmi(Path file) {
        return SavedHardware.nvidiaSmi(file, NAMED, problems);
    }
}
