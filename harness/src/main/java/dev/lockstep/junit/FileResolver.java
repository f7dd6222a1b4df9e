package dev.lockstep.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Resolves folders to suite files, files to suites, and lines to the cases around them. */
record FileResolver(SuiteCatalog suites) implements SelectorResolver {
    private static final Set<String> EXTENSIONS = Set.of("yaml", "yml", "json");

    @Override
    public Resolution resolve(DirectorySelector selector, Context context) {
        Set<FileSelector> files = new LinkedHashSet<>();
        suites.filesBelow(selector.getPath()).forEach(file -> files.add(selectFile(file.toFile())));
        return files.isEmpty() ? Resolution.unresolved() : Resolution.selectors(files);
    }

    /** Leaves alone what is no suite file by its name: it may belong to another engine. */
    @Override
    public Resolution resolve(FileSelector selector, Context context) {
        Path file = SuiteCatalog.absolute(selector.getPath());
        String name = file.toString();
        if (!EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return Resolution.unresolved();
        }
        return suites.suite(file)
                .map(suite -> select(suite, selector.getPosition()))
                .map(selected -> Resolution.selectors(Set.of(selected)))
                .orElseGet(Resolution::unresolved);
    }

    private EvalSelector select(Suite suite, Optional<FilePosition> position) {
        if (position.isEmpty()) {
            return new EvalSelector.OfSuite(suite.file());
        }
        int line = position.get().getLine();
        Optional<EvalCase> around = caseAround(suite, line);
        if (around.isEmpty()) {
            suites.issues().warning(nothingAt(suite, line));
            return new EvalSelector.OfSuite(suite.file());
        }
        return new EvalSelector.OfCase(suite.file(), around.get().id());
    }

    /** Returns the last case that starts at the line or above it; empty above the first case and beyond the end of the file. */
    private static Optional<EvalCase> caseAround(Suite suite, int line) {
        if (line > lines(suite.file())) {
            return Optional.empty();
        }
        return suite.cases().stream()
                .filter(evalCase -> evalCase.position().line() <= line)
                .reduce((above, below) -> below);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static Problem nothingAt(Suite suite, int line) {
        return new Problem(
                new Position(suite.file(), line, 1),
                "no case of suite '" + suite.id()
                        + "' is at this line, so the whole suite is selected; the first case is at line "
                        + suite.cases().getFirst().position().line());
    }
}
