package dev.lockstep.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a statement of model_signing is about.
 *
 * @param sha256 by path; empty for a file that was signed in several shards or by another hash, such as BLAKE3
 * @param ignored the paths, and folders, that the signer left out
 */
record SignedFiles(SortedMap<String, Optional<String>> sha256, List<String> ignored) {
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String SIGNATURE = "https://model_signing/signature/v1.0";
    private static final String BEFORE_1_0 = "https://model_signing/Digests/v0.1";
    private static final String HASH = "sha256";
    private static final Pattern SHARD = Pattern.compile("(.+):(\\d+):(\\d+)", Pattern.DOTALL);
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})+");

    SignedFiles {
        sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
        ignored = List.copyOf(ignored);
    }

    /** One entry of the list. */
    private record Resource(String name, String algorithm, String digest) {}

    /** Reads a statement. @throws IllegalArgumentException when it is none of model_signing, or contradicts itself */
    static SignedFiles of(JsonNode statement) {
        require("_type", statement.path("_type").asText(), STATEMENT);
        String type = statement.path("predicateType").asText();
        if (type.equals(BEFORE_1_0)) {
            return new SignedFiles(wholeFiles(subjects(statement)), List.of());
        }
        require("predicateType", type, SIGNATURE);
        JsonNode predicate = statement.path("predicate");
        List<Resource> resources = resources(predicate.path("resources"));
        requireDigestOfAll(statement.path("subject"), resources);
        List<String> ignored = new ArrayList<>();
        predicate.path("serialization").path("ignore_paths").forEach(path -> ignored.add(path.asText()));
        boolean isSharded =
                predicate.path("serialization").path("method").asText().equals("shards");
        return new SignedFiles(isSharded ? shardedFiles(resources) : wholeFiles(resources), ignored);
    }

    /** Tells whether the signer left a path out. */
    boolean ignores(String path) {
        return ignored.stream().anyMatch(left -> path.equals(left) || path.startsWith(left + "/"));
    }

    private static List<Resource> subjects(JsonNode statement) {
        List<Resource> resources = new ArrayList<>();
        statement
                .path("subject")
                .forEach(subject -> resources.add(resource(
                        subject.path("name").asText(),
                        HASH,
                        subject.path("digest").path(HASH).asText())));
        return resources;
    }

    private static List<Resource> resources(JsonNode list) {
        List<Resource> resources = new ArrayList<>();
        list.forEach(entry -> resources.add(resource(
                entry.path("name").asText(),
                entry.path("algorithm").asText(),
                entry.path("digest").asText())));
        return resources;
    }

    private static Resource resource(String name, String algorithm, String digest) {
        if (name.isEmpty() || !HEX.matcher(digest).matches()) {
            throw new IllegalArgumentException("its list has an entry without 'name' or 'digest': '" + name + "'");
        }
        return new Resource(name, algorithm, digest);
    }

    /** The one subject is the model, and its digest that of all digests in their order. */
    private static void requireDigestOfAll(JsonNode subjects, List<Resource> resources) {
        MessageDigest all = Sha256.begin();
        resources.forEach(resource -> all.update(HexFormat.of().parseHex(resource.digest())));
        String expected = subjects.path(0).path("digest").path(HASH).asText();
        if (subjects.size() != 1 || !Sha256.hex(all).equals(expected)) {
            throw new IllegalArgumentException(
                    "its list of files is not the one that its subject has the digest of: it was put together by hand");
        }
    }

    private static SortedMap<String, Optional<String>> wholeFiles(List<Resource> resources) {
        SortedMap<String, Optional<String>> files = new TreeMap<>();
        for (Resource resource : resources) {
            Optional<String> digest =
                    resource.algorithm().equals(HASH) ? Optional.of(resource.digest()) : Optional.empty();
            if (files.put(resource.name(), digest) != null) {
                throw new IllegalArgumentException("its list has '" + resource.name() + "' twice");
            }
        }
        return files;
    }

    /** The digest of the only shard of a file is that of the file. */
    private static SortedMap<String, Optional<String>> shardedFiles(List<Resource> resources) {
        Map<String, List<Resource>> shards = new TreeMap<>();
        for (Resource resource : resources) {
            Matcher shard = SHARD.matcher(resource.name());
            if (!shard.matches()) {
                throw new IllegalArgumentException(
                        "its list of shards has '" + resource.name() + "', expected 'path:start:end'");
            }
            shards.computeIfAbsent(shard.group(1), path -> new ArrayList<>()).add(resource);
        }
        SortedMap<String, Optional<String>> files = new TreeMap<>();
        shards.forEach((path, parts) -> files.put(path, digest(parts)));
        return files;
    }

    private static Optional<String> digest(List<Resource> shards) {
        Resource first = shards.getFirst();
        boolean isSha256 = first.algorithm().equals(HASH) || first.algorithm().startsWith(HASH + "-sharded-");
        return shards.size() == 1 && isSha256 ? Optional.of(first.digest()) : Optional.empty();
    }

    private static void require(String field, String found, String expected) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                    "its statement has the " + field + " '" + found + "', expected '" + expected + "'");
        }
    }
}
