package dev.lockstep.client;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The bearer token of an endpoint, fetched anew each time it is needed. */
final class BearerToken {
    private final Credential credential;
    private final Map<String, String> environment;

    BearerToken(Credential credential, Map<String, String> environment) {
        this.credential = credential;
        this.environment = Map.copyOf(environment);
    }

    /** Returns the token, if the endpoint needs one; throws CONFIG when it needs one that is not there. */
    Optional<Secret> read() {
        return switch (credential) {
            case Credential.None() -> Optional.empty();
            case Credential.TokenFile(Path file) -> Optional.of(checked("token file '" + file + "'", content(file)));
            case Credential.TokenVariable(String name) -> Optional.of(variable(name));
        };
    }

    private Secret variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw unusable("environment variable '" + name
                    + "' is not set: the endpoint takes its bearer token from it; export it");
        }
        return checked("environment variable '" + name + "'", value);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unusable("token file '" + file
                    + "' does not exist: the endpoint takes its bearer token from it; create it or correct the path");
        } catch (IOException e) {
            throw unusable("token file '" + file + "' cannot be read ("
                    + e.getClass().getSimpleName() + "): make it a text file that this user may read");
        }
    }

    private static Secret checked(String source, String value) {
        String token = value.strip();
        if (token.isEmpty()) {
            throw unusable(source + " is empty: expected a bearer token; write the token into it");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw unusable(source + " holds a blank, a line break or a character outside ASCII within the token: "
                    + "expected one bearer token; write only the token into it");
        }
        return new Secret(token);
    }

    private static LockstepException unusable(String message) {
        return new LockstepException(ErrorKind.CONFIG, message);
    }
}
