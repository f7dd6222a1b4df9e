package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A Python package that is not installed, as an index hands it out (PEP 427).
 *
 * <p>Its file name claims a version. What it would install is told by its content alone, so that a wheel of any origin can be held
 * against a lock.
 */
public final class PythonWheel {
    private static final Pattern METADATA = Pattern.compile("[^/]+\\.dist-info/METADATA");
    private static final Pattern DATA = Pattern.compile("[^/]+\\.data/(?<scheme>[^/]+)/(?<path>.+)");
    private static final Set<String> INTO_SITE_PACKAGES = Set.of("platlib", "purelib");

    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> files;

    private PythonWheel(ZipFile zip) {
        this.zip = zip;
        this.files = files(zip);
    }

    /**
     * Returns what {@link PythonPackage#identity} would say of the package once it is installed.
     *
     * @throws LockstepException of kind CONFIG when the file is no wheel, or damaged
     */
    public static SortedMap<String, JsonNode> identity(Path wheel) {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            return new PythonWheel(zip).identity();
        } catch (IOException | IllegalArgumentException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, wheel + ": is no whole wheel (" + e.getMessage() + "); fetch it anew", e);
        }
    }

    private SortedMap<String, JsonNode> identity() throws IOException {
        String metadata = files.keySet().stream()
                .filter(path -> METADATA.matcher(path).matches())
                .findFirst()
                .orElseThrow(() -> new IOException("it holds no METADATA"));
        SortedMap<String, String> digests = new TreeMap<>();
        for (String path : files.keySet()) {
            if (PythonPackage.isSource(path) || PythonPackage.isNative(path)) {
                digests.put(path, sha256(path));
            }
        }
        String text;
        try (InputStream bytes = open(metadata)) {
            text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
        return PythonPackage.identity(header(text, "Name"), header(text, "Version"), digests);
    }

    private String sha256(String path) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (InputStream bytes = new DigestInputStream(open(path), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.hex(digest);
    }

    private InputStream open(String path) throws IOException {
        return zip.getInputStream(files.get(path));
    }

    private static String header(String metadata, String name) throws IOException {
        return PythonRecord.header(metadata.lines(), name)
                .orElseThrow(() -> new IOException("its METADATA has no '" + name + "'"));
    }

    /** Lists what an installer puts into site-packages, under the paths that it has there. */
    private static SortedMap<String, ZipEntry> files(ZipFile zip) {
        SortedMap<String, ZipEntry> files = new TreeMap<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (!entry.isDirectory()) {
                installed(entry.getName()).ifPresent(path -> files.put(path, entry));
            }
        }
        return files;
    }

    private static Optional<String> installed(String path) {
        Matcher data = DATA.matcher(path);
        if (!data.matches()) {
            return Optional.of(path);
        }
        return INTO_SITE_PACKAGES.contains(data.group("scheme")) ? Optional.of(data.group("path")) : Optional.empty();
    }
}
