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
            SortedMap<String, JsonNode> identity = new TreeMap<>();
            identity.put("distribution", TextNode.valueOf(normal(installed.name())));
            identity.put("version", TextNode.valueOf(installed.version()));
            identity.put("sources", digest(CanonicalJson.sha256(sources(sitePackages, installed))));
            for (String path : installed.filesAndNeighbours(NATIVE)) {
                identity.put("native." + path, digest(Sha256.of(sitePackages.resolve(path))));
            }
            return Collections.unmodifiableSortedMap(identity);
        } catch (IOException | UncheckedIOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    sitePackages + ": the Python package '" + distribution + "' cannot be read (" + e
                            + "); install it anew",
                    e);
        }
    }

    private static JsonNode sources(Path sitePackages, PythonRecord installed) {
        ObjectNode sources = JsonNodeFactory.instance.objectNode();
        installed.files().stream()
                .filter(path -> path.endsWith(".py"))
                .forEach(path -> sources.put(path, Sha256.of(sitePackages.resolve(path))));
        return sources;
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

    private static String normal(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private static JsonNode digest(String hex) {
        return TextNode.valueOf("sha256:" + hex);
    }
}
