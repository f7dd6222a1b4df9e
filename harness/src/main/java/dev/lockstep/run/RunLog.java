package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run log that was read: the truth about a run, from which scores, verdict and reports can be made again.
 *
 * @param samples one for each planned key that was asked
 * @param repeats samples asked beyond the plan, because they differed from the baseline
 * @param completeBytes how many bytes of the file hold whole lines; a torn last line lies beyond
 */
public record RunLog(RunHeader header, SortedMap<SampleKey, Sample> samples, List<Sample> repeats, long completeBytes) {

    public RunLog {
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
        repeats = List.copyOf(repeats);
    }

    /**
     * Reads a log; a torn last line is left out.
     *
     * @throws LockstepException when the header is missing, a line before the last is broken, or a key is there twice
     */
    public static RunLog read(Path file) {
        return parse(file, text(file));
    }

    /** Reads only the header; empty when the first line is torn or none. */
    public static Optional<RunHeader> readHeader(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String first = reader.readLine();
            JsonNode node = first == null ? null : RunLogJson.parse(first);
            return Optional.ofNullable(node)
                    .filter(line -> line.path("kind").asText().equals("run"))
                    .map(RunHeader::of);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Parses the text of a log that came from {@code source}. */
    public static RunLog parse(Path source, String text) {
        int complete = text.lastIndexOf('\n') + 1;
        String[] lines = text.substring(0, complete).split("\n", -1);
        JsonNode first = parseLine(source, 1, lines[0]);
        if (!first.path("kind").asText().equals("run") || first.path("version").asInt() != 1) {
            throw broken(source, 1, "a run log starts with a header line of kind 'run' and version 1");
        }
        SortedMap<SampleKey, Sample> samples = new TreeMap<>();
        List<Sample> repeats = new ArrayList<>();
        for (int number = 2; number < lines.length; number++) {
            JsonNode line = parseLine(source, number, lines[number - 1]);
            Sample sample = RunLogJson.sample(line);
            if (line.path("kind").asText().equals(RunLogJson.REPEAT)) {
                repeats.add(sample);
            } else if (samples.put(sample.key(), sample) != null) {
                throw broken(source, number, "key '" + sample.key() + "' is there twice; the log cannot be trusted");
            }
        }
        int bytes = text.substring(0, complete).getBytes(StandardCharsets.UTF_8).length;
        return new RunLog(RunHeader.of(first), samples, repeats, bytes);
    }

    private static JsonNode parseLine(Path source, int number, String line) {
        try {
            return RunLogJson.parse(line);
        } catch (JsonProcessingException e) {
            throw broken(source, number, "is not JSON: " + e.getOriginalMessage());
        }
    }

    private static LockstepException broken(Path source, int line, String what) {
        return new LockstepException(ErrorKind.CONFIG, source + ":" + line + ": " + what);
    }

    /** A torn last line may end inside a character, so it is cut off before the bytes are read as text. */
    private static String text(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int complete = bytes.length;
            while (complete > 0 && bytes[complete - 1] != '\n') {
                complete--;
            }
            return new String(bytes, 0, complete, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
