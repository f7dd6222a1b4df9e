package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The texts of chat templates that were kept when they were locked: a lock holds only their digests.
 *
 * <p>Each is a file named after the SHA-256 of its bytes; another text under such a name is not taken for it.
 */
public final class TemplateTexts {
    private static final String ENDING = ".jinja";

    private final Map<String, String> byDigest = new TreeMap<>();

    /** Reads the texts in folders; one that is not there holds none. */
    public TemplateTexts(List<Path> folders) {
        folders.stream().filter(Files::isDirectory).forEach(this::read);
    }

    /** Returns the templates of a model: those inside a GGUF file, or the files that lie in its folder. */
    public static List<String> of(Path model) {
        if (Files.isRegularFile(model)) {
            return GgufTemplates.read(model);
        }
        try (Stream<Path> files = Files.list(model)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(model + ": cannot be read", e);
        }
    }

    /** Keeps a text in a folder. */
    public static void keep(Path folder, String text) {
        Path file = folder.resolve(Sha256.of(text) + ENDING);
        if (Files.notExists(file)) {
            AtomicFile.write(file, text);
        }
    }

    /**
     * Finds a text.
     *
     * @param digest SHA-256 over its bytes or over its canonical JSON, in hex
     */
    Optional<String> find(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    private void read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                String text = Files.readString(file);
                if (String.valueOf(file.getFileName()).equals(Sha256.of(text) + ENDING)) {
                    byDigest.put(Sha256.of(text), text);
                    byDigest.put(CanonicalJson.sha256(TextNode.valueOf(text)), text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read", e);
        }
    }
}
