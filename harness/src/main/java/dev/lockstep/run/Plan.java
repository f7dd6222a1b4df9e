package dev.lockstep.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.ScorerSpec;
import dev.lockstep.suite.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run will ask, in a fixed order: suite by suite, case by case, repetition by repetition.
 *
 * @param suites all that were named
 * @param profile how much of them is asked
 */
public record Plan(List<Suite> suites, RequestTemplate template, Profile profile) {

    public Plan {
        suites = List.copyOf(suites);
    }

    /** Returns the plan of the same suites under another profile. */
    public Plan with(Profile other) {
        return new Plan(suites, template, other);
    }

    public List<EvalCase> cases() {
        return profile.cases(suites);
    }

    /** Returns the ids of the suites of a role. */
    public Set<String> suites(Suite.Role role) {
        return suites.stream()
                .filter(suite -> suite.role() == role)
                .map(Suite::id)
                .collect(Collectors.toSet());
    }

    public List<PlannedSample> samples() {
        List<PlannedSample> samples = new ArrayList<>();
        for (EvalCase evalCase : cases()) {
            samples.addAll(samplesOf(evalCase));
        }
        return samples;
    }

    /**
     * Returns the samples as they are asked: those of suites of role {@code samples} with seeds of their own.
     *
     * @param asking what tells this asking from all others, such as the run's id
     */
    public List<PlannedSample> samples(String asking) {
        Set<String> sampled = suites(Suite.Role.SAMPLES);
        return samples().stream()
                .map(sample -> sampled.contains(sample.evalCase().suite()) ? sample.fresh(asking) : sample)
                .toList();
    }

    /**
     * Returns the samples as they are asked, in the order of asking: one at a time, that of the plan; several at once, suite by suite and
     * within a suite by chance, drawn anew for each asking.
     *
     * <p>Which requests a server batches moves its log-probabilities. In a fixed order the runs of an idle hour batch alike, and a
     * night under a little other load differs from all of them; drawn by chance, it is one more draw.
     *
     * @param asking what tells this asking from all others, such as the run's id
     * @param atOnce most requests at once
     */
    public List<PlannedSample> order(String asking, int atOnce) {
        List<PlannedSample> samples = samples(asking);
        if (atOnce == 1) {
            return samples;
        }
        Comparator<PlannedSample> byChance =
                Comparator.comparingLong(sample -> FreshSeed.of(asking + "/order", sample.key()));
        return samples.stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.evalCase().suite(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(suite -> suite.stream().sorted(byChance))
                .toList();
    }

    public static List<PlannedSample> samplesOf(EvalCase evalCase) {
        List<PlannedSample> samples = new ArrayList<>();
        for (int repetition = 0; repetition < evalCase.seeds().size(); repetition++) {
            samples.add(new PlannedSample(evalCase, repetition));
        }
        return samples;
    }

    /** Returns case path to case hash. */
    public SortedMap<String, String> caseHashes() {
        SortedMap<String, String> hashes = new TreeMap<>();
        cases().forEach(evalCase -> hashes.put(evalCase.path(), evalCase.hash()));
        return hashes;
    }

    /** Returns scorer name to version, over all cases. */
    public SortedMap<String, Integer> scorerVersions() {
        SortedMap<String, Integer> versions = new TreeMap<>();
        for (EvalCase evalCase : cases()) {
            for (ScorerSpec scorer : evalCase.scorers()) {
                versions.put(scorer.name(), scorer.version());
            }
        }
        return versions;
    }

    /**
     * Returns the header of a run of this plan.
     *
     * @param atOnce most requests at once, where that is known
     */
    public RunHeader header(String runId, String lockId, String epoch, OptionalInt atOnce) {
        return new RunHeader(runId, hash(), caseHashes(), scorerVersions(), lockId, epoch, requestHash(), atOnce);
    }

    /** Hashes what turns cases into requests, the same for all of them. */
    public String requestHash() {
        return CanonicalJson.sha256(template.toJson());
    }

    /** Hashes everything that decides which bytes are sent, in which order. */
    public String hash() {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        parts.add(template.toJson());
        for (PlannedSample sample : samples()) {
            parts.addArray()
                    .add(sample.key().toString())
                    .add(sample.evalCase().hash())
                    .add(sample.seed());
        }
        return CanonicalJson.sha256(parts);
    }
}
