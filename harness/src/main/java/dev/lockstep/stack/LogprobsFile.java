package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log-probabilities of lock time, in a file beside the probes; it names its lock, and is no part of the lock id.
 *
 * <p>A token is {@code [id, text, logprob]}, a place the chosen token followed by the likeliest; equal repetitions stand once.
 */
public record LogprobsFile(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "logprobs/1";

    /** Writes canonical JSON on one line. @throws LockstepException of kind CONFIG when the file cannot be written */
    public void write(LockId lock, Logprobs logprobs) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schema", SCHEMA).put("lockId", lock.value()).put("why", logprobs.why());
        ObjectNode prompts = node.putObject("answers");
        logprobs.answers().forEach((prompt, repeats) -> prompts.set(prompt, repeats(repeats)));
        AtomicFile.write(path, CanonicalJson.compact(node) + "\n");
    }

    /** Reads what was written under a lock. @throws LockstepException of kind CONFIG when it is another file, or of another lock */
    public Logprobs read(LockId lock) {
        JsonNode node = json();
        if (!node.path("schema").asText().equals(SCHEMA)) {
            throw unusable("'schema' is " + node.path("schema") + ", expected \"" + SCHEMA + "\"");
        }
        if (!node.path("lockId").asText().equals(lock.value())) {
            throw unusable("was taken under " + node.path("lockId") + ", not under " + lock.value());
        }
        SortedMap<String, List<List<Token>>> answers = new TreeMap<>();
        node.path("answers").properties().forEach(each -> answers.put(each.getKey(), readRepeats(each.getValue())));
        return new Logprobs(answers, node.path("why").asText());
    }

    private JsonNode json() {
        try {
            return JSON.readTree(Files.readString(path));
        } catch (JsonProcessingException e) {
            throw unusable("is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable("cannot be read: " + e.getMessage());
        }
    }

    private LockstepException unusable(String what) {
        return new LockstepException(
                ErrorKind.CONFIG,
                path + ": " + what + "; restore it from version control, or lock again while the stack is up");
    }

    private static ArrayNode repeats(List<List<Token>> repeats) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        for (List<Token> answer : repeats.stream().distinct().toList()) {
            ObjectNode entry = node.addObject();
            entry.put("times", repeats.stream().filter(answer::equals).count());
            ArrayNode places = entry.putArray("tokens");
            answer.forEach(token -> places.add(place(token)));
        }
        return node;
    }

    private static ArrayNode place(Token token) {
        ArrayNode place = JsonNodeFactory.instance.arrayNode();
        place.add(entry(token.id(), token.text(), token.logprob()));
        token.top().forEach(each -> place.add(entry(each.id(), each.text(), each.logprob())));
        return place;
    }

    /** JSON has no infinity. */
    private static ArrayNode entry(int id, String text, double logprob) {
        ArrayNode entry = JsonNodeFactory.instance.arrayNode().add(id).add(text);
        return Double.isFinite(logprob) ? entry.add(logprob) : entry.addNull();
    }

    private static List<List<Token>> readRepeats(JsonNode node) {
        List<List<Token>> repeats = new ArrayList<>();
        for (JsonNode entry : node) {
            List<Token> answer = new ArrayList<>();
            entry.path("tokens").forEach(place -> answer.add(readPlace(place)));
            for (int time = 0; time < entry.path("times").asInt(); time++) {
                repeats.add(answer);
            }
        }
        return repeats;
    }

    private static Token readPlace(JsonNode place) {
        List<Alternative> top = new ArrayList<>();
        for (int rank = 1; rank < place.size(); rank++) {
            JsonNode each = place.path(rank);
            top.add(new Alternative(
                    each.path(0).asInt(), each.path(1).asText(), each.path(2).doubleValue()));
        }
        JsonNode chosen = place.path(0);
        double logprob = chosen.path(2).isNumber() ? chosen.path(2).doubleValue() : Double.NEGATIVE_INFINITY;
        return new Token(chosen.path(0).asInt(), chosen.path(1).asText(), logprob, top);
    }
}
