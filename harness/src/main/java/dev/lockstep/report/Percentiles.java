package dev.lockstep.report;

import dev.lockstep.client.Answer;
import dev.lockstep.client.Timing;
import dev.lockstep.job.ScoredSample;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Nearest-rank percentiles of a run's speed. */
final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Microseconds from sending to the first byte of the answer. */
    static Percentiles firstByte(List<ScoredSample> samples) {
        return of(answered(samples)
                .map(view -> view.scored().sample().exchange().timing())
                .filter(timing -> timing.firstByteMicros() >= 0)
                .mapToDouble(timing -> timing.firstByteMicros() - timing.sentMicros()));
    }

    /** Microseconds from sending to the end of the answer. */
    static Percentiles total(List<ScoredSample> samples) {
        return of(answered(samples)
                .map(view -> view.scored().sample().exchange().timing())
                .mapToDouble(Percentiles::micros));
    }

    /** Generated tokens per second of a request, waiting included. */
    static Percentiles tokensPerSecond(List<ScoredSample> samples) {
        return of(answered(samples)
                .filter(view -> completion(view) > 0
                        && micros(view.scored().sample().exchange().timing()) > 0)
                .mapToDouble(view -> completion(view)
                        * 1e6
                        / micros(view.scored().sample().exchange().timing())));
    }

    /** Returns the value at a share from 0 to 1 in words; a dash when there is no value. */
    String at(double share, DoubleFunction<String> words) {
        if (sorted.length == 0) {
            return "–";
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return words.apply(sorted[Math.max(0, rank - 1)]);
    }

    private static Percentiles of(DoubleStream values) {
        return new Percentiles(values.sorted().toArray());
    }

    private static Stream<SampleView> answered(List<ScoredSample> samples) {
        return samples.stream().map(SampleView::of).filter(view -> view.answer().isPresent());
    }

    private static int completion(SampleView view) {
        return view.answer()
                .map(Answer::usage)
                .map(Answer.Usage::completionTokens)
                .orElse(-1);
    }

    private static double micros(Timing timing) {
        return timing.doneMicros() - timing.sentMicros();
    }
}
