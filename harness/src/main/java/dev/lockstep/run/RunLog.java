package dev.lockstep.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run log that was read: the truth about a run, from which scores, verdict and reports can be made again.
 *
 * @param samples one for each planned key that was asked
 * @param repeats samples asked beyond the plan, because they differed from the baseline
 * @param confirms samples asked afresh because a test fired, in the order in which they were asked; their epoch tells the start
 * @param controls samples asked again at the end of a run that ends in refusals, to tell behaviour from an outage
 * @param end what else a verdict rests on, the newest one; empty when the run was cut short
 * @param completeBytes how many bytes of the file hold whole lines; a torn last line lies beyond
 */
public record RunLog(
        RunHeader header,
        SortedMap<SampleKey, Sample> samples,
        List<Sample> repeats,
        List<Sample> confirms,
        List<Sample> controls,
        Optional<RunEnd> end,
        long completeBytes) {
    /** How many refusals without an answer after them need a control: they may be an outage. */
    public static final int REFUSALS_IN_A_ROW = 5;

    static final String EXPECTED = "expected `run.jsonl` in the folder of a run";

    public RunLog {
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
        repeats = List.copyOf(repeats);
        confirms = List.copyOf(confirms);
        controls = List.copyOf(controls);
    }

    /**
     * Reads a log; a torn last line is left out.
     *
     * @throws LockstepException when the header is missing, a line before the last is broken, or a key is there twice
     */
    public static RunLog read(Path file) {
        return parse(file, text(file));
    }

    /** Returns whether a sample took a seed of this run's own, as those of suites of role {@code samples} do. */
    public boolean isSampledAnew(SampleKey key) {
        Sample sample = samples.get(key);
        return sample != null && sample.seed() == FreshSeed.of(header.runId(), key);
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
        return new RunLogReader(source).read(text);
    }

    /** Returns this log with samples that were asked again since it was read. */
    public RunLog withRepeats(List<Sample> more) {
        List<Sample> all = new ArrayList<>(repeats);
        all.addAll(more);
        return new RunLog(header, samples, all, confirms, controls, end, completeBytes);
    }

    /** Returns this log with samples that were asked afresh since it was read. */
    public RunLog withConfirms(List<Sample> more) {
        List<Sample> all = new ArrayList<>(confirms);
        all.addAll(more);
        return new RunLog(header, samples, repeats, all, controls, end, completeBytes);
    }

    /** Returns a log of the same run that holds nothing but these samples. */
    public RunLog of(List<Sample> others) {
        SortedMap<SampleKey, Sample> byKey = new TreeMap<>();
        others.forEach(sample -> byKey.put(sample.key(), sample));
        return new RunLog(header, byKey, List.of(), List.of(), List.of(), Optional.empty(), completeBytes);
    }

    /** Returns this log as it ended. */
    public RunLog withEnd(RunEnd ended) {
        return new RunLog(header, samples, repeats, confirms, controls, Optional.of(ended), completeBytes);
    }

    /** Returns whether the stack refused {@value #REFUSALS_IN_A_ROW} samples in a row, or all, and answered none after them. */
    public boolean endsInRefusals() {
        List<Sample.Outcome> outcomes = inTime().stream().map(Sample::outcome).toList();
        int lastAnswer = outcomes.lastIndexOf(Sample.Outcome.ANSWERED);
        boolean refusedAll = lastAnswer < 0 && !outcomes.isEmpty();
        return refusedAll || outcomes.size() - 1 - lastAnswer >= REFUSALS_IN_A_ROW;
    }

    /**
     * Returns whether the refusals at the end are no behaviour. They are, once the controls ended as before: the stack still
     * refuses what it refused, and still answers what it answered.
     */
    public boolean endsInOutage() {
        return endsInRefusals()
                && !(controlled(Sample.Outcome.ANSWERED)
                        && controlled(Sample.Outcome.REFUSED)
                        && controlsEndAsBefore());
    }

    /** Returns what to ask again when the log ends in refusals: the last that was answered, if any, and the last refused. */
    public Set<SampleKey> toControl() {
        Set<SampleKey> keys = new TreeSet<>();
        for (Sample.Outcome outcome : List.of(Sample.Outcome.ANSWERED, Sample.Outcome.REFUSED)) {
            inTime().reversed().stream()
                    .filter(sample -> sample.outcome() == outcome)
                    .findFirst()
                    .ifPresent(sample -> keys.add(sample.key()));
        }
        return keys;
    }

    /** Returns how many requests beside samples, which score the baseline's tokens, failed in the infrastructure. */
    public long failedBeside() {
        return Stream.of(samples.values(), repeats, confirms)
                .flatMap(Collection::stream)
                .flatMap(sample -> sample.forced().stream())
                .filter(ForcedExchange::failed)
                .count();
    }

    private boolean controlled(Sample.Outcome outcome) {
        return controls.stream().anyMatch(control -> control.outcome() == outcome);
    }

    private boolean controlsEndAsBefore() {
        return controls.stream()
                .allMatch(control -> Optional.ofNullable(samples.get(control.key()))
                        .filter(sample -> sample.outcome() == control.outcome())
                        .isPresent());
    }

    private List<Sample> inTime() {
        return samples.values().stream()
                .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                .sorted(Comparator.comparing(
                        sample -> sample.exchange().timing().queued()))
                .toList();
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
        } catch (NoSuchFileException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, file + ": there is no run log; " + EXPECTED + " that was asked anything", e);
        } catch (IOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage() + "; " + EXPECTED, e);
        }
    }
}
