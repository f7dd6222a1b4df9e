package dev.lockstep.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockedFile;
import dev.lockstep.lock.LockedFileList;
import java.util.List;

/**
 * A lock as an in-toto Statement v1: its files are the subjects, its id and layers the predicate.
 *
 * <p>After the <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">specification</a>. The same lock
 * gives the same bytes, so whoever signs them signs the lock.
 */
public final class LockStatement {
    /** What the predicate is: the lock id, and subject and layers as they stand in the lock file. */
    public static final String PREDICATE_TYPE = "lockstep:lock/v1";

    private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LockStatement() {}

    /**
     * Returns the statement as canonical JSON.
     *
     * @throws LockstepException of kind CONFIG when the lock holds no digest of a file: a statement needs a subject
     */
    public static String text(Lock lock) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode().put("_type", STATEMENT_TYPE);
        statement.set("subject", subjects(lock));
        statement.put("predicateType", PREDICATE_TYPE);
        statement.set("predicate", predicate(lock));
        return CanonicalJson.pretty(statement);
    }

    private static ArrayNode subjects(Lock lock) {
        List<LockedFile> files = LockedFileList.of(lock).stream()
                .filter(file -> file.kind() != LockedFile.Kind.NOTE)
                .toList();
        if (files.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    "the lock " + lock.id() + " holds no SHA-256 of a file, so a statement has no subject;"
                            + " name the files in stack.yaml and lock again, or export cyclonedx");
        }
        ArrayNode subjects = JsonNodeFactory.instance.arrayNode();
        for (LockedFile file : files) {
            ObjectNode digest = subjects.addObject()
                    .put("name", file.name())
                    .putObject("digest")
                    .put("sha256", file.sha256());
            file.gitOid().ifPresent(oid -> digest.put("gitBlob", oid));
        }
        return subjects;
    }

    private static JsonNode predicate(Lock lock) {
        try {
            JsonNode file = JSON.readTree(LockFile.text(lock));
            ObjectNode predicate = JsonNodeFactory.instance
                    .objectNode()
                    .put("lockId", lock.id().value());
            predicate.setAll((ObjectNode) file);
            return predicate;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a lock is written as JSON", e);
        }
    }
}
