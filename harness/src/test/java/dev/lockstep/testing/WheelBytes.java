package dev.lockstep.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python package as an index hands it out, and as an installer puts it into site-packages. */
public final class WheelBytes {
    private final String name;
    private final String version;
    private final Map<String, String> files = new TreeMap<>();

    public WheelBytes(String name, String version) {
        this.name = name;
        this.version = version;
        files.put(info("METADATA"), "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n\nText\n");
    }

    public WheelBytes with(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** Writes the wheel under the name that an index gives it. */
    public Path writeTo(Path folder) throws IOException {
        Path wheel = Files.createDirectories(folder).resolve(name + "-" + version + "-py3-none-any.whl");
        try (OutputStream file = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return wheel;
    }

    /** Installs it as pip does: what a wheel keeps under {@code .data/purelib} lies beside the rest. */
    public void installInto(Path sitePackages) throws IOException {
        StringBuilder listed = new StringBuilder();
        for (Map.Entry<String, String> entry : files.entrySet()) {
            String path = entry.getKey().replace(name + "-" + version + ".data/purelib/", "");
            if (path.contains(".data/scripts/")) {
                listed.append("../../../bin/script,,\n");
                continue;
            }
            Path file = sitePackages.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, entry.getValue());
            listed.append(path).append(",sha256=x,1\n");
        }
        Files.writeString(sitePackages.resolve(info("RECORD")), listed + info("RECORD") + ",,\n");
    }

    private String info(String file) {
        return name + "-" + version + ".dist-info/" + file;
    }
}
