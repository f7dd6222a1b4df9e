package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.FirstToken;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.Median;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Detector L5: did the stack become slow? It only warns, for other work on the machine slows a stack down as well.
 *
 * <p>The median over the answers that the run and every approved run have is held against the slowest of the approved runs.
 */
final class Slowness {
    private static final double WORSE = 1.5;
    /** Less is the network's jitter. */
    private static final double LEAST_SECONDS = 0.1;

    private static final double MICROS = 1e6;

    private Slowness() {}

    /** Returns a sentence for what became slow: the answers, and their first tokens where a server tells of these. */
    static List<String> warnings(Baseline baseline, Tonight tonight) {
        List<RunLog> runs = baseline.runs().stream().map(run -> run.log()).toList();
        List<SampleKey> keys = inAll(tonight, runs, Slowness::isAnswered);
        return Stream.of(answers(tonight, runs, keys), firstTokens(tonight, runs))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Asks tonight's log first: what it lacks, none of the others is searched for. */
    private static List<SampleKey> inAll(Tonight tonight, List<RunLog> runs, BiPredicate<RunLog, SampleKey> holds) {
        return tonight.planned().stream()
                .filter(key ->
                        Stream.concat(Stream.of(tonight.log()), runs.stream()).allMatch(log -> holds.test(log, key)))
                .toList();
    }

    private static Optional<String> firstTokens(Tonight tonight, List<RunLog> runs) {
        List<SampleKey> keys = inAll(tonight, runs, Slowness::tellsFirstToken);
        double now = median(tonight.log(), keys, Slowness::toFirst);
        double slowest = medians(runs, keys, Slowness::toFirst).max().orElse(0);
        return isSlow(now, slowest)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "L5: the median first token came after %.3g s, %.1f times the slowest approved run (%.3g s); a warning only",
                        now,
                        now / slowest,
                        slowest))
                : Optional.empty();
    }

    private static boolean isSlow(double now, double slowest) {
        return now > WORSE * slowest && now - slowest >= LEAST_SECONDS;
    }

    private static Optional<String> answers(Tonight tonight, List<RunLog> runs, List<SampleKey> keys) {
        double now = median(tonight.log(), keys, Slowness::seconds);
        double slowest = medians(runs, keys, Slowness::seconds).max().orElse(0);
        if (!isSlow(now, slowest)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "L5: the median answer took %.3g s, %.1f times the slowest approved run (%.3g s), at %.3g tokens a second (approved"
                        + " runs: at least %.3g); a warning only",
                now,
                now / slowest,
                slowest,
                median(tonight.log(), keys, Slowness::tokensPerSecond),
                medians(runs, keys, Slowness::tokensPerSecond).min().orElse(0)));
    }

    private static DoubleStream medians(List<RunLog> runs, List<SampleKey> keys, ToDoubleFunction<Sample> measure) {
        return runs.stream().mapToDouble(run -> median(run, keys, measure));
    }

    private static boolean isAnswered(RunLog log, SampleKey key) {
        Sample sample = log.samples().get(key);
        return sample != null && sample.outcome() == Sample.Outcome.ANSWERED;
    }

    /** Returns 0 where there is nothing to measure. */
    private static double median(RunLog log, List<SampleKey> keys, ToDoubleFunction<Sample> measure) {
        double[] values = keys.stream()
                .mapToDouble(key -> measure.applyAsDouble(log.samples().get(key)))
                .toArray();
        return values.length == 0 ? 0 : Median.of(values);
    }

    private static boolean tellsFirstToken(RunLog log, SampleKey key) {
        Sample sample = log.samples().get(key);
        return sample != null
                && sample.outcome() == Sample.Outcome.ANSWERED
                && FirstToken.seconds(sample.exchange().body()).isPresent();
    }

    private static double toFirst(Sample sample) {
        return FirstToken.seconds(sample.exchange().body()).orElse(0);
    }

    private static double seconds(Sample sample) {
        var timing = sample.exchange().timing();
        return (timing.doneMicros() - timing.sentMicros()) / MICROS;
    }

    private static double tokensPerSecond(Sample sample) {
        double seconds = seconds(sample);
        int tokens = AnswerReader.read(sample.exchange().body())
                .map(answer -> answer.usage().completionTokens())
                .orElse(0);
        return seconds > 0 ? Math.max(0, tokens) / seconds : 0;
    }
}
