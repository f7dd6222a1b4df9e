package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.interchange.SignatureComparison;
import dev.lockstep.interchange.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of holding a lock against a signature.
 *
 * @param key the key that was named
 * @param isOfKey whether the signature is of it; empty when none was named
 * @param listOnly whether the user is content with the list
 */
record SignatureReport(
        SignatureComparison files, Optional<VerifyingKey> key, Optional<Boolean> isOfKey, boolean listOnly) {

    int exitCode() {
        if (!files.isMatch() || isOfKey.equals(Optional.of(false))) {
            return ExitCode.LOCK_BROKEN;
        }
        return isOfKey.isPresent() || listOnly ? ExitCode.OK : ExitCode.UNVERIFIABLE;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        files.differences()
                .forEach(each -> lines.add(String.format(
                        Locale.ROOT, "%-8s %s: %s", each.counts() ? "file" : "note", each.path(), words(each.kind()))));
        lines.add("signature: " + signature());
        lines.add("files: " + files.same() + " the same, "
                + (files.isMatch()
                        ? "and none that counts differs"
                        : "and the lock is not of the model that was signed"));
        return String.join("\n", lines);
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("same", files.same())
                .put("match", files.isMatch())
                .put("signature", state());
        ArrayNode differences = node.putArray("differences");
        files.differences()
                .forEach(each -> differences
                        .addObject()
                        .put("path", each.path())
                        .put("kind", each.kind().name())
                        .put("counts", each.counts()));
        return node;
    }

    private String state() {
        return isOfKey.map(valid -> valid ? "VALID" : "INVALID").orElse("NOT_CHECKED");
    }

    private String signature() {
        String algorithm = key.map(each -> " (" + each.algorithm() + ")").orElse("");
        return isOfKey.map(valid -> valid
                        ? "is of the key that you named" + algorithm
                        : "is NOT of the key that you named" + algorithm
                                + ": another one signed the list, or it was changed afterwards")
                .orElse("NOT CHECKED, only the list was compared: anybody can write such a list."
                        + " Name the signer's public key with --key, or use --list-only when you checked it elsewhere");
    }

    private static String words(SignatureComparison.Kind kind) {
        return switch (kind) {
            case DIFFERS -> "differs from what was signed";
            case NOT_LOCKED -> "was signed, and the lock does not hold it";
            case NOT_SIGNED -> "is in the lock, and was not signed";
            case INCOMPARABLE ->
                "was signed in shards or by another hash than SHA-256; verify it with model_signing itself";
        };
    }
}
