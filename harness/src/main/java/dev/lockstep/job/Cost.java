package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.Sample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What asking a plan once costs.
 *
 * @param cases that are asked
 * @param samples how many questions: each case as often as it has seeds
 * @param measured how many of them an approved run answered, which tells their length and time
 * @param tokens generated: as measured, and at most {@code max_tokens} for the others
 * @param seconds so many answers at once as the endpoint takes, those that are not measured at the pace of the others; empty when
 *     none is measured
 */
public record Cost(int cases, int samples, int measured, long tokens, OptionalDouble seconds) {
    private static final double MICROS = 1e6;

    static Cost of(Plan plan, int atOnce, Optional<Baseline> baseline) {
        List<PlannedSample> planned = plan.samples();
        List<Sample> answered = planned.stream()
                .flatMap(each -> answered(each, baseline).stream())
                .toList();
        long known = answered.stream().mapToLong(Cost::tokens).sum();
        long unknown = planned.stream()
                .filter(each -> answered(each, baseline).isEmpty())
                .mapToLong(Cost::mostTokens)
                .sum();
        double seconds = answered.stream()
                .mapToDouble(sample -> sample.exchange().timing().doneMicros() / MICROS)
                .sum();
        double all = seconds * (1 + (double) unknown / Math.max(1, known)) / atOnce;
        return new Cost(
                plan.cases().size(),
                planned.size(),
                answered.size(),
                known + unknown,
                answered.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(all));
    }

    private static Optional<Sample> answered(PlannedSample planned, Optional<Baseline> baseline) {
        return baseline.map(Baseline::first)
                .flatMap(run -> run.sample(planned.key(), planned.evalCase().hash()))
                .filter(sample -> sample.outcome() == Sample.Outcome.ANSWERED);
    }

    private static long tokens(Sample sample) {
        return AnswerReader.read(sample.exchange().body())
                .map(Answer::usage)
                .map(usage -> Math.max(0, usage.completionTokens()))
                .orElse(0);
    }

    private static long mostTokens(PlannedSample planned) {
        return planned.evalCase().sampling().path("max_tokens").asLong();
    }
}
