package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an installer recorded of a Python distribution.
 *
 * @param files paths inside {@code root}, with {@code /}; without compiled caches, and without what lies elsewhere, such as
 *     scripts
 */
record PythonRecord(Path root, String name, String version, SortedSet<String> files) {

    PythonRecord {
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
    }

    /** Reads {@code METADATA} and {@code RECORD} of a {@code .dist-info} folder (PEP 376). */
    static PythonRecord read(Path sitePackages, Path distInfo) throws IOException {
        Path metadata = distInfo.resolve("METADATA");
        SortedSet<String> files = new TreeSet<>();
        for (String line : Files.readAllLines(distInfo.resolve("RECORD"))) {
            String path = path(line);
            if (!path.isEmpty() && !path.startsWith("../") && !path.startsWith("/") && !path.endsWith(".pyc")) {
                files.add(path);
            }
        }
        return new PythonRecord(sitePackages, header(metadata, "Name"), header(metadata, "Version"), files);
    }

    /** Returns the recorded files of that name, and others of that name that lie in the folders of recorded files. */
    SortedSet<String> filesAndNeighbours(Pattern fileName) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        TreeSet<String> folders = new TreeSet<>();
        for (String file : files) {
            int slash = file.lastIndexOf('/');
            if (slash >= 0) {
                folders.add(file.substring(0, slash));
            }
            if (fileName.matcher(file.substring(slash + 1)).matches()) {
                found.add(file);
            }
        }
        for (String folder : folders) {
            addNeighbours(folder, fileName, found);
        }
        return found;
    }

    private void addNeighbours(String folder, Pattern fileName, SortedSet<String> found) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> fileName.matcher(name).matches())
                    .forEach(name -> found.add(folder + "/" + name));
        }
    }

    /** Returns the first of the comma-separated values of a line, which is quoted when it holds a comma itself. */
    private static String path(String line) {
        if (line.startsWith("\"")) {
            return line.substring(1, Math.max(1, line.indexOf('"', 1)));
        }
        int comma = line.indexOf(',');
        return comma < 0 ? line : line.substring(0, comma);
    }

    private static String header(Path metadata, String name) throws IOException {
        try (Stream<String> lines = Files.lines(metadata)) {
            return header(lines, name)
                    .orElseThrow(() -> new LockstepException(
                            ErrorKind.CONFIG, metadata + ": has no '" + name + "'; install the package anew"));
        }
    }

    /** Returns a value of {@code METADATA}, whose headers end with the first empty line. */
    static Optional<String> header(Stream<String> metadata, String name) {
        return metadata.takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
