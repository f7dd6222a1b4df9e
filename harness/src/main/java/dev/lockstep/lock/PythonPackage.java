package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identity of an engine that is a Python package with native modules.
 *
 * <p>A version text names a release, not bytes: two builds of one version can compute different logprobs. So every native
 * module is hashed, those that the installer recorded and those that lie beside its files.
 */
public final class PythonPackage {
    private static final Pattern NATIVE = Pattern.compile(".+\\.(so|dylib|pyd|dll)(\\.[0-9.]+)?");
    static final String DISTRIBUTION = "distribution";
    static final String VERSION = "version";
    private static final String SOURCES = "sources";
    private static final String MODULE = "native.";
    private static final Set<String> OTHERS = Set.of(DISTRIBUTION, VERSION, SOURCES);
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private PythonPackage() {}

    /**
     * Hashes an installed distribution.
     *
     * @param sitePackages the folder that holds the package and its {@code .dist-info}
     * @param distribution the name as pip knows it; {@code -}, {@code _} and case do not matter (PEP 503)
     * @return {@code distribution}, {@code version}, {@code sources} (one digest over all recorded {@code .py} files) and
     *     for each native module {@code native.<path>}, digests as {@code sha256:…}
     * @throws LockstepException of kind CONFIG when it is not installed there or a recorded file is missing
     */
    public static SortedMap<String, JsonNode> identity(Path sitePackages, String distribution) {
        try {
            PythonRecord installed = PythonRecord.read(sitePackages, distInfo(sitePackages, distribution));
            SortedMap<String, String> digests = new TreeMap<>();
            installed.files().stream()
                    .filter(PythonPackage::isSource)
                    .forEach(path -> digests.put(path, Sha256.of(sitePackages.resolve(path))));
            for (String path : installed.filesAndNeighbours(NATIVE)) {
                digests.put(path, Sha256.of(sitePackages.resolve(path)));
            }
            return identity(installed.name(), installed.version(), digests);
        } catch (IOException | UncheckedIOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    sitePackages + ": the Python package '" + distribution + "' cannot be read (" + e
                            + "); install it anew",
                    e);
        }
    }

    /**
     * Returns what a distribution is, by its parts.
     *
     * @param digests the SHA-256 of each source and native module, by its path in site-packages
     */
    static SortedMap<String, JsonNode> identity(String name, String version, SortedMap<String, String> digests) {
        SortedMap<String, JsonNode> identity = new TreeMap<>();
        ObjectNode sources = JsonNodeFactory.instance.objectNode();
        digests.forEach((path, sha256) -> {
            if (isSource(path)) {
                sources.put(path, sha256);
            } else {
                identity.put(MODULE + path, digest(sha256));
            }
        });
        identity.put(DISTRIBUTION, TextNode.valueOf(normal(name)));
        identity.put(VERSION, TextNode.valueOf(version));
        identity.put(SOURCES, digest(CanonicalJson.sha256(sources)));
        return Collections.unmodifiableSortedMap(identity);
    }

    /** Tells whether a field is one of an identity. */
    static boolean owns(String field) {
        return field.startsWith(MODULE) || OTHERS.contains(field);
    }

    /** Tells whether a file is run as Python. */
    static boolean isSource(String path) {
        return path.endsWith(".py");
    }

    /** Tells whether a file is run as machine code. */
    static boolean isNative(String path) {
        return NATIVE.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
    }

    private static Path distInfo(Path sitePackages, String distribution) throws IOException {
        if (!Files.isDirectory(sitePackages)) {
            throw new LockstepException(
                    ErrorKind.CONFIG, sitePackages + ": there is no such folder; name the environment's site-packages");
        }
        try (Stream<Path> entries = Files.list(sitePackages)) {
            return entries.filter(entry -> isDistInfo(entry, distribution))
                    .min(Path::compareTo)
                    .orElseThrow(() -> new LockstepException(
                            ErrorKind.CONFIG,
                            sitePackages + ": the Python package '" + distribution
                                    + "' is not installed here; install it, or name the folder where it is"));
        }
    }

    private static boolean isDistInfo(Path entry, String distribution) {
        String name = entry.getFileName().toString();
        int dash = name.indexOf('-');
        return name.endsWith(".dist-info")
                && dash > 0
                && normal(name.substring(0, dash)).equals(normal(distribution));
    }

    /** Returns the one spelling of a name (PEP 503). */
    static String normal(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private static JsonNode digest(String hex) {
        return TextNode.valueOf("sha256:" + hex);
    }
}
