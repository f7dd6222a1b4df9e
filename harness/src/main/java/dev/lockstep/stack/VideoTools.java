package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.PathTrail;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that decode videos for the engine; they belong to the processor layer. */
final class VideoTools {
    static final List<String> PROGRAMS = List.of("ffmpeg", "ffprobe");

    private VideoTools() {}

    /**
     * Finds the programs where the engine does: in the folder that the launch names, else along a search path.
     *
     * @return their digests; nothing when the stack takes no media, or a program is missing
     */
    static LayerFacts read(Map<String, JsonNode> params, String searchPath) {
        if (!params.containsKey(LaunchPaths.PROJECTOR)) {
            return new LayerFacts();
        }
        Stream<Path> folders = LaunchPaths.path(params, LaunchPaths.VIDEO_TOOLS)
                .map(Stream::of)
                .orElseGet(() -> folders(searchPath));
        return digests(folders.toList());
    }

    static Stream<Path> folders(String searchPath) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static Optional<Path> program(Path folder, String name) {
        try {
            return Optional.of(PathTrail.real(folder.resolve(name))).filter(Files::isExecutable);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static LayerFacts digests(List<Path> folders) {
        LayerFacts facts = new LayerFacts();
        for (String program : PROGRAMS) {
            Optional<Path> found = folders.stream()
                    .flatMap(folder -> program(folder, program).stream())
                    .findFirst();
            if (found.isEmpty()) {
                return new LayerFacts();
            }
            facts.put(Layer.PROCESSOR, program, TextNode.valueOf("sha256:" + Sha256.of(found.get())));
        }
        return facts;
    }
}
