package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BadSafetensorsFilesTest {
    private static final Path BAD = Path.of("src/test/resources/bad/safetensors");

    @ParameterizedTest
    @CsvFileSource(resources = "/bad/safetensors/messages.csv", delimiter = '|')
    void says_what_is_wrong_and_what_to_do(String name, String message) {
        Path file = BAD.resolve(name);

        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG))
                .hasMessage(file + ": " + message);
    }

    @Test
    void every_bad_file_has_its_message() throws IOException {
        String messages = Files.readString(BAD.resolve("messages.csv"));
        try (Stream<Path> files = Files.list(BAD)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".safetensors")))
                    .hasSizeGreaterThan(30)
                    .allSatisfy(name -> assertThat(messages).contains(name + " |"));
        }
    }
}
