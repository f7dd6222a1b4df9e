package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the lines of one run log, and knows where each stands. */
final class RunLogReader {
    private final Path source;
    private final SortedMap<SampleKey, Sample> samples = new TreeMap<>();
    private final List<Sample> repeats = new ArrayList<>();
    private final List<Sample> confirms = new ArrayList<>();
    private final List<Sample> controls = new ArrayList<>();
    private Optional<RunEnd> end = Optional.empty();

    RunLogReader(Path source) {
        this.source = source;
    }

    /** Reads all whole lines; what follows the last line feed is torn. */
    RunLog read(String text) {
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        String[] lines = complete.split("\n", -1);
        RunHeader header = header(lines[0]);
        for (int number = 2; number < lines.length; number++) {
            take(number, parse(number, lines[number - 1]));
        }
        return new RunLog(
                header, samples, repeats, confirms, controls, end, complete.getBytes(StandardCharsets.UTF_8).length);
    }

    private RunHeader header(String line) {
        return parsed(line)
                .filter(header -> header.path("kind").asText().equals("run")
                        && header.path("version").asInt() == 1)
                .map(RunHeader::of)
                .orElseThrow(() -> new LockstepException(
                        ErrorKind.CONFIG,
                        source + ": is no run log, which starts with a header line of kind 'run' and version 1; "
                                + RunLog.EXPECTED));
    }

    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(RunLogJson.parse(line));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void take(int number, JsonNode line) {
        String kind = line.path("kind").asText();
        switch (kind) {
            case RunLogJson.SAMPLE -> put(number, sample(number, line));
            case RunLogJson.REPEAT -> repeats.add(sample(number, line));
            case RunLogJson.CONFIRM -> confirms.add(sample(number, line));
            case RunLogJson.CONTROL -> control(number, sample(number, line));
            case RunLogJson.END -> end = Optional.of(RunEnd.of(line));
            default ->
                throw broken(number, "'kind' is '" + kind + "', expected sample, repeat, confirm, control or end");
        }
    }

    private void put(int number, Sample sample) {
        if (samples.put(sample.key(), sample) != null) {
            throw broken(number, "key '" + sample.key() + "' is there twice; the log cannot be trusted");
        }
    }

    private void control(int number, Sample control) {
        if (!samples.containsKey(control.key())) {
            throw broken(number, "control '" + control.key() + "' was not asked before; the log cannot be trusted");
        }
        controls.add(control);
    }

    private Sample sample(int number, JsonNode line) {
        try {
            return RunLogJson.sample(line);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw broken(number, "is no sample: " + e.getMessage());
        }
    }

    private JsonNode parse(int number, String line) {
        try {
            return RunLogJson.parse(line);
        } catch (JsonProcessingException e) {
            throw broken(number, "is not JSON: " + e.getOriginalMessage());
        }
    }

    private LockstepException broken(int line, String what) {
        return new LockstepException(ErrorKind.CONFIG, source + ":" + line + ": " + what);
    }
}
