package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One prompt with its reference and scorers; everything a suite's defaults gave it is resolved.
 *
 * @param suite the suite's id
 * @param id unique in the suite
 * @param stratum the kind of prompt, in a fingerprint suite
 * @param body {@code messages} and, where it has them, {@code tools}; media parts are still names
 * @param sampling every sampling parameter that is sent, the seed excepted
 * @param seeds one for each repetition
 * @param topLogprobs how many alternatives are asked for each token; 0 asks for none
 * @param media the media files that the messages name, in the order of their first use
 * @param position where the case stands in its file
 * @param hash SHA-256 of everything above but the position, media by digest, with the scorers' names and parameters
 */
public record EvalCase(
        String suite,
        String id,
        List<String> tags,
        Optional<String> stratum,
        ObjectNode body,
        ObjectNode sampling,
        List<Long> seeds,
        int topLogprobs,
        Duration timeout,
        List<MediaFile> media,
        JsonNode reference,
        List<ScorerSpec> scorers,
        Position position,
        String hash) {

    public EvalCase {
        tags = List.copyOf(tags);
        seeds = List.copyOf(seeds);
        media = List.copyOf(media);
        scorers = List.copyOf(scorers);
    }

    /** Returns {@code suite/case}, unique among all suites of a run. */
    public String path() {
        return suite + "/" + id;
    }
}
