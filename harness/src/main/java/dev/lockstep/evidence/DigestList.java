package dev.lockstep.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.ShortList;
import dev.lockstep.stack.EvidenceRules;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SHA-256 of files by their paths, as somebody else wrote them down.
 *
 * @param source who made them and where they stand, for people
 */
record DigestList(String source, SortedMap<String, String> digests) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GNU = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(.+)");
    private static final Pattern BSD = Pattern.compile("SHA256 \\((?:\\./)?(.+)\\) = ([0-9a-fA-F]{64})");
    private static final Pattern OCI_DIGEST = Pattern.compile(".*@(sha256:[0-9a-f]{64})");
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String UNPACKED = "io.deis.oras.content.unpack";
    private static final String SHA256 = "sha256:";
    private static final String CHECKSUM = "ChecksumSHA256";
    private static final int SHA256_BYTES = 32;

    DigestList {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** Reads a list. @throws LockstepException of kind CONFIG when it is none, or proves nothing */
    static DigestList read(EvidenceRules.Digests digests) {
        String text = EvidenceSource.text(digests.file().toString());
        return switch (digests.form()) {
            case SHA256SUMS -> new DigestList(named(digests, ""), sums(digests, text));
            case OCI -> new DigestList(named(digests, ", artifact " + digests.reference()), layers(digests, text));
            case OBJECT -> object(digests, text);
            case SIGNATURE ->
                new DigestList(
                        named(digests, ", signed with the key in " + digests.reference()), SignedDigests.of(digests));
        };
    }

    /** Returns the part of it that is meant. @throws LockstepException of kind CONFIG when it does not list that file */
    DigestList meant(EvidenceRules.Digests by) {
        if (by.path().isEmpty()) {
            return this;
        }
        String digest = digests.get(by.path());
        if (digest == null) {
            throw mistake(
                    by,
                    "does not list '" + by.path() + "'; it lists " + ShortList.of(digests.keySet())
                            + "; name one of these with 'path'");
        }
        return new DigestList(source, new TreeMap<>(Map.of(by.path(), digest)));
    }

    private static String named(EvidenceRules.Digests digests, String more) {
        return "digest by " + digests.source() + more + " (" + digests.file().getFileName() + ")";
    }

    private static SortedMap<String, String> sums(EvidenceRules.Digests digests, String text) {
        SortedMap<String, String> sums = new TreeMap<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            Matcher gnu = GNU.matcher(line);
            Matcher bsd = BSD.matcher(line);
            if (gnu.matches()) {
                sums.put(gnu.group(2), HexFormat.of().formatHex(HexFormat.of().parseHex(gnu.group(1))));
            } else if (bsd.matches()) {
                sums.put(bsd.group(1), HexFormat.of().formatHex(HexFormat.of().parseHex(bsd.group(2))));
            } else {
                throw mistake(digests, "holds '" + line + "', which is no line of sha256sum; make it again");
            }
        }
        return sums;
    }

    /** A manifest is known by its own digest, which stands in stack.yaml. */
    private static SortedMap<String, String> layers(EvidenceRules.Digests digests, String text) {
        Matcher expected = OCI_DIGEST.matcher(digests.reference());
        String actual = SHA256 + Sha256.of(text);
        if (!expected.matches() || !expected.group(1).equals(actual)) {
            throw mistake(
                    digests,
                    "is manifest " + actual + ", not that of " + digests.reference()
                            + "; save the bytes as the registry sends them");
        }
        SortedMap<String, String> layers = new TreeMap<>();
        for (JsonNode layer : json(digests, text).path("layers")) {
            String title = layer.path("annotations").path(TITLE).asText();
            boolean isPacked = layer.path("mediaType").asText().contains("tar")
                    || layer.path("annotations").path(UNPACKED).asBoolean();
            String digest = layer.path("digest").asText();
            if (!title.isEmpty() && !isPacked && digest.startsWith(SHA256)) {
                layers.put(title, digest.substring(SHA256.length()));
            }
        }
        if (layers.isEmpty()) {
            throw mistake(
                    digests, "names no file: its layers have no title, or are archives, whose digest is not a file's");
        }
        return layers;
    }

    private static DigestList object(EvidenceRules.Digests digests, String text) {
        JsonNode answer = json(digests, text);
        JsonNode checksum = answer.has("Checksum") ? answer.path("Checksum") : answer;
        String version = answer.path("VersionId").asText();
        if (version.isEmpty() || version.equals("null")) {
            throw mistake(
                    digests,
                    "names no VersionId, so the object may be another by now; switch versions on in the bucket");
        }
        byte[] sha256 = decoded(checksum.path(CHECKSUM).asText());
        if (sha256.length != SHA256_BYTES
                || checksum.path("ChecksumType").asText().equals("COMPOSITE")) {
            throw mistake(
                    digests,
                    "holds no " + CHECKSUM
                            + " of the whole object (that of parts is none); upload it with a full one, or name a"
                            + " SHA256SUMS file");
        }
        SortedMap<String, String> one = new TreeMap<>();
        one.put(digests.path(), HexFormat.of().formatHex(sha256));
        return new DigestList(named(digests, ", version " + version), one);
    }

    /** The checksum of parts has their number behind a dash, and is no base64. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static JsonNode json(EvidenceRules.Digests digests, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw mistake(digests, "is no JSON: " + e.getOriginalMessage());
        }
    }

    private static LockstepException mistake(EvidenceRules.Digests digests, String what) {
        return new LockstepException(ErrorKind.CONFIG, digests.file() + ": " + what);
    }
}
