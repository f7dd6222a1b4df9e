package dev.lockstep.report;

import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A scored sample with its answer read once; empty when no answer came. */
record SampleView(ScoredSample scored, Optional<Answer> answer) {

    static SampleView of(ScoredSample scored) {
        Sample sample = scored.sample();
        return new SampleView(
                scored,
                sample.outcome() == Sample.Outcome.ANSWERED
                        ? AnswerReader.read(sample.exchange().body())
                        : Optional.empty());
    }

    SampleKey key() {
        return scored.sample().key();
    }

    List<Answer.Token> tokens() {
        return answer.map(Answer::tokens).orElse(List.of());
    }

    /** Returns everything the model said: reasoning, text and tool calls; or why it said nothing. */
    String text() {
        if (answer.isPresent()) {
            return said(answer.get());
        }
        return switch (scored.sample().outcome()) {
            case ANSWERED -> "(the answer could not be read)";
            case REFUSED -> "(refused: " + scored.sample().exchange().lastError() + ")";
            case FAILED -> "(failed: " + scored.sample().exchange().lastError() + ")";
        };
    }

    private static String said(Answer answer) {
        String reasoning = answer.reasoning().isEmpty() ? "" : "[reasoning] " + answer.reasoning() + "\n";
        String calls = answer.toolCalls().stream()
                .map(call -> call.name() + "(" + call.arguments() + ")")
                .collect(Collectors.joining("\n"));
        String separator = answer.text().isEmpty() || calls.isEmpty() ? "" : "\n";
        return reasoning + answer.text() + separator + calls;
    }
}
