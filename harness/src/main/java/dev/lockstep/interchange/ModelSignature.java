package dev.lockstep.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A signed list of a model's files, as model_signing of the OpenSSF writes it to {@code model.sig}.
 *
 * <p>A Sigstore bundle holds a DSSE envelope, and that an in-toto statement with the list. The certificate and the log entries
 * beside it are not looked at: who signed is what a key of yours decides.
 */
public final class ModelSignature {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 32 << 20;
    private static final Pattern BUNDLE =
            Pattern.compile("application/vnd\\.dev\\.sigstore\\.bundle(\\.v0\\.\\d+\\+json|\\+json;version=0\\.\\d+)");

    private final DsseEnvelope envelope;
    private final SignedFiles files;

    private ModelSignature(DsseEnvelope envelope, SignedFiles files) {
        this.envelope = envelope;
        this.files = files;
    }

    /** Reads a file. @throws LockstepException of kind CONFIG when it is none that model_signing writes */
    public static ModelSignature read(Path file) {
        try {
            UnreadableFile.requireFile(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "has " + Files.size(file) + " bytes, and at most " + MOST_BYTES + " are read");
            }
            return of(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw broken(file, "is not JSON", e);
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    /** Returns whether the list was signed with this key. */
    public boolean isSignedBy(VerifyingKey key) {
        return envelope.isSignedBy(key);
    }

    /** Returns the SHA-256 of each file that was signed as a whole with it, by its path. */
    public SortedMap<String, String> sha256() {
        SortedMap<String, String> whole = new TreeMap<>();
        files.sha256().forEach((path, digest) -> digest.ifPresent(each -> whole.put(path, each)));
        return whole;
    }

    SignedFiles files() {
        return files;
    }

    private static ModelSignature of(JsonNode bundle) throws IOException {
        String type = bundle.path("mediaType").asText();
        if (!BUNDLE.matcher(type).matches()) {
            throw new IllegalArgumentException("is no Sigstore bundle: its 'mediaType' is '" + type + "'");
        }
        DsseEnvelope envelope = DsseEnvelope.of(bundle.path("dsseEnvelope"));
        return new ModelSignature(envelope, SignedFiles.of(JSON.readTree(envelope.bytes())));
    }

    private static LockstepException broken(Path file, String what, Exception cause) {
        return new LockstepException(
                ErrorKind.CONFIG, file + ": " + what + "; name a model.sig that model_signing wrote", cause);
    }
}
