package dev.lockstep.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Expected files, beside this class among the test resources. */
final class Golden {
    private Golden() {}

    static String text(String name) {
        try (var file = Golden.class.getResourceAsStream("golden/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
