package dev.lockstep.suite;

import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.document.Sha256;
import dev.lockstep.score.Scorers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder that a test fills with a suite and media. */
record SuiteFolder(Path folder) {
    private static final String HEAD = """
            schema: suite/1
            id: tiny
            version: 1.0.0
            """;
    private static final String SAMPLING = "sampling: {temperature: 0, max_tokens: 32}\n";

    /** Reads a suite made of the usual head, the given lines and, unless they have them, the usual sampling. */
    EvalCase onlyCase(String lines) {
        Suite suite = read(lines);
        return suite.cases().get(0);
    }

    Suite read(String lines) {
        Problems problems = new Problems();
        Optional<Suite> suite = new SuiteReader(Scorers.standard()).read(write(lines), problems);
        problems.throwIfAny();
        return suite.orElseThrow();
    }

    /** Returns each problem as {@code line:column: message}. */
    List<String> problems(String lines) {
        Problems problems = new Problems();
        new SuiteReader(Scorers.standard()).read(write(lines), problems);
        return problems.list().stream().map(SuiteFolder::shown).toList();
    }

    Path write(String lines) {
        boolean sampled = lines.startsWith("sampling:") || lines.contains("\nsampling:");
        return file("suite.yaml", HEAD + (sampled ? "" : SAMPLING) + lines);
    }

    /** Writes a media file and returns its digest. */
    String media(String name, String content) {
        return Sha256.of(file("media/" + name, content));
    }

    Path file(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(Problem problem) {
        return problem.position().line() + ":" + problem.position().column() + ": " + problem.message();
    }
}
