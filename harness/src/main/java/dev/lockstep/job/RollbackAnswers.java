package dev.lockstep.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.run.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a stack still answers as in a run that was recorded under its lock, where answers repeat bit by bit. */
record RollbackAnswers(ModelClient client, RollbackRuns runs) {
    private static final String PART = "answers";
    private static final int ASKED = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Item item() {
        Optional<BaselineRun> then = runs.repeatable();
        if (then.isEmpty()) {
            return Item.notNeeded(PART, "no recorded runs show that answers repeat bit by bit, so none were compared");
        }
        List<Sample> asked = then.get().log().samples().values().stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.ANSWERED && !sample.hasMedia())
                .limit(ASKED)
                .toList();
        if (asked.isEmpty()) {
            return Item.notNeeded(
                    PART,
                    "every recorded answer is to a prompt with media, which the request does not hold; none were compared");
        }
        return asked.stream()
                .flatMap(sample -> difference(sample).stream())
                .findFirst()
                .map(found -> Item.degraded(
                        PART,
                        "one of them is another than in " + then.get().runId() + ": " + found,
                        "find out what no lock holds, such as the machine, or record a baseline anew"))
                .orElseGet(() -> Item.ready(
                        PART,
                        asked.size() + " answers are those of " + then.get().runId() + ", bit by bit"));
    }

    /** The request of a prompt without media is recorded as it was sent. */
    private Optional<String> difference(Sample sample) {
        JsonNode request = sample.request();
        Exchange exchange = client.post("/v1/chat/completions", request, PATIENCE);
        Optional<Answer> now = AnswerReader.read(exchange.body());
        if (!exchange.succeeded() || now.isEmpty()) {
            return Optional.of(sample.key() + ": " + exchange.failure());
        }
        return sample.answer()
                .flatMap(
                        then -> AnswerDifference.tokens(then.tokens(), now.get().tokens()))
                .map(found -> sample.key() + ": " + found.what() + " " + found.baseline() + ", now " + found.tonight());
    }
}
