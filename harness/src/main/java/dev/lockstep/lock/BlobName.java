package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a blob in Ollama's store, which says what its bytes should be: {@code sha256-<hex>}. */
final class BlobName {
    private static final Pattern FORM = Pattern.compile("sha256-([0-9a-f]{64})");

    private BlobName() {}

    /** Returns what a GGUF file says, with a problem when it is a blob and holds other bytes than its name says. */
    static SourceFacts checked(Path file, String role, SourceFacts facts) {
        Matcher name = FORM.matcher(String.valueOf(file.getFileName()));
        String actual = Optional.ofNullable(facts.proof().get(Layer.PROVENANCE))
                .map(provenance -> provenance.get(role + ".file"))
                .map(JsonNode::asText)
                .orElse("");
        if (!name.matches() || actual.equals("sha256:" + name.group(1))) {
            return facts;
        }
        String message = "holds bytes with the " + actual.substring(0, 19)
                + "…, not those of its name; the store is damaged: delete it and fetch the model again";
        return facts.with(new FileProblem(file, "", message));
    }
}
