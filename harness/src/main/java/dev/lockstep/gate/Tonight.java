package dev.lockstep.gate;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run that is judged.
 *
 * @param planned every key that the plan holds
 * @param fingerprintSuites ids of the suites whose answers are fingerprints
 */
public record Tonight(List<SampleKey> planned, Set<String> fingerprintSuites, RunLog log, ScoreTable scores) {

    private static final Pattern DAY = Pattern.compile("run-(\\d{8})T");

    public Tonight {
        planned = List.copyOf(planned);
        fingerprintSuites = Set.copyOf(fingerprintSuites);
    }

    List<SampleKey> fingerprintKeys() {
        return planned.stream()
                .filter(key -> fingerprintSuites.contains(key.suite()))
                .toList();
    }

    List<SampleKey> scoredKeys() {
        return planned.stream()
                .filter(key -> !fingerprintSuites.contains(key.suite()))
                .toList();
    }

    /** Returns the day of the run, as its id tells; the last of all days, on which no waiver holds, when it tells none. */
    LocalDate day() {
        Matcher matcher = DAY.matcher(log.header().runId());
        return matcher.lookingAt()
                ? LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                : LocalDate.MAX;
    }

    Optional<Sample> sample(SampleKey key) {
        return Optional.ofNullable(log.samples().get(key));
    }

    Optional<Answer> answer(SampleKey key) {
        return sample(key).flatMap(sample -> AnswerReader.read(sample.exchange().body()));
    }

    String caseHash(SampleKey key) {
        return log.header().caseHashes().getOrDefault(key.casePath(), "");
    }
}
