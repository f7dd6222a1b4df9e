package dev.lockstep.suite;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds suite files: those that are named, and every {@code suite.yaml}, {@code .yml} or {@code .json} below a folder. */
public final class SuiteFinder {
    private static final Set<String> NAMES = Set.of("suite.yaml", "suite.yml", "suite.json");
    private static final int MOST_NAMED = 5;
    private static final Pattern READABLE = Pattern.compile(".*\\.(yaml|yml|json)");

    private SuiteFinder() {}

    /** Returns each file once: in the order given, below a folder in the order of the paths. */
    public static List<Path> suiteFiles(List<Path> filesOrDirectories, Problems problems) {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (Path given : filesOrDirectories) {
            for (Path file : Files.isDirectory(given) ? below(given, problems) : named(given, problems)) {
                found.putIfAbsent(file.toAbsolutePath().normalize(), file);
            }
        }
        if (filesOrDirectories.isEmpty()) {
            problem(Path.of("."), "no suite is named; name a suite file or a folder of suites", problems);
        }
        return List.copyOf(found.values());
    }

    private static List<Path> named(Path file, Problems problems) {
        if (!Files.exists(file)) {
            problem(file, "there is no such file or folder" + whence(file) + "; check the path", problems);
            return List.of();
        }
        if (!READABLE.matcher(file.toString()).matches()) {
            problem(file, "is no suite file; expected a folder or a file *.yaml, *.yml or *.json", problems);
            return List.of();
        }
        return List.of(file);
    }

    private static String whence(Path file) {
        return file.isAbsolute()
                ? ""
                : " below the current folder " + Path.of("").toAbsolutePath();
    }

    private static Collection<Path> below(Path folder, Problems problems) {
        SuiteVisitor visitor = new SuiteVisitor(folder);
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            problem(folder, "cannot be searched: " + e.getMessage(), problems);
            return List.of();
        }
        if (visitor.found.isEmpty()) {
            problem(
                    folder,
                    "there is no suite.yaml, suite.yml or suite.json in this folder" + remedy(visitor),
                    problems);
        }
        return visitor.found.stream().sorted().toList();
    }

    private static String remedy(SuiteVisitor visitor) {
        List<String> others = visitor.others.stream()
                .map(file -> visitor.root.relativize(file).toString())
                .sorted()
                .toList();
        if (others.isEmpty()) {
            return "; name another";
        }
        String names = String.join(", ", others.subList(0, Math.min(MOST_NAMED, others.size())));
        String more = others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : "";
        return ", but " + names + more
                + "; in a folder only files of these names are read: name such a file itself, or rename it";
    }

    private static void problem(Path at, String message, Problems problems) {
        problems.add(Position.of(at), message);
    }

    private static final class SuiteVisitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> found = new ArrayList<>();
        private final List<Path> others = new ArrayList<>();

        SuiteVisitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skipped = !folder.equals(root) && (name.equals("media") || name.startsWith("."));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (NAMES.contains(String.valueOf(file.getFileName()))) {
                found.add(file);
            } else if (READABLE.matcher(file.toString()).matches()) {
                others.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
