package dev.lockstep.job;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Gate;
import dev.lockstep.gate.Verdict;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.run.Spread;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaSetJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a judged run tells of the replicas that answered it. */
record ReplicaNotes(RunLog log) {

    /** Returns how many samples each replica answered, by name; empty where no sample names one. */
    SortedMap<String, Integer> answered() {
        return count(log.samples().values());
    }

    /** Returns sentences beside the verdict: that the replicas are unknown, or which of them answered what differs. */
    List<String> of(Gate.Judgement judgement) {
        List<String> notes = new ArrayList<>();
        replicas().map(ReplicaSet::notes).ifPresent(notes::addAll);
        unasked().ifPresent(notes::add);
        if (judgement.verdict() instanceof Verdict.Drift) {
            differing(judgement.findings()).ifPresent(notes::add);
        }
        return notes;
    }

    Optional<ReplicaSet> replicas() {
        return log.end().map(RunEnd::replicas).flatMap(ReplicaSetJson::read);
    }

    private Optional<String> unasked() {
        SortedMap<String, Integer> answered = answered();
        List<String> names =
                replicas().filter(ReplicaSet::isListed).map(ReplicaSet::names).orElse(List.of());
        List<String> none =
                names.stream().filter(name -> !answered.containsKey(name)).toList();
        if (none.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                answered.isEmpty()
                        ? "the samples do not tell which replica answered them; let the router set the header x-replica"
                        : "no case of this run falls to " + String.join(", ", none)
                                + ": verified, and not compared; ask more cases");
    }

    /** Where one replica alone answers otherwise, its name is the finding. */
    private Optional<String> differing(List<Finding> findings) {
        List<Sample> differing = findings.stream()
                .filter(finding -> finding.result() == Finding.Result.CHANGED)
                .flatMap(finding -> finding.evidence().stream())
                .map(Finding.Evidence::key)
                .distinct()
                .flatMap(key -> sample(key).stream())
                .toList();
        SortedMap<String, Integer> counts = count(differing);
        if (answered().size() < 2 || counts.isEmpty()) {
            return Optional.empty();
        }
        String each = counts.entrySet().stream()
                .map(replica -> replica.getKey() + " (" + replica.getValue() + ")")
                .collect(Collectors.joining(", "));
        return Optional.of("of the samples shown that differ, these replicas answered so many: " + each);
    }

    private Optional<Sample> sample(SampleKey key) {
        return Optional.ofNullable(log.samples().get(key));
    }

    private static SortedMap<String, Integer> count(Collection<Sample> samples) {
        Map<String, Integer> counts = samples.stream()
                .filter(sample -> !sample.replica().equals(Spread.UNNAMED))
                .collect(Collectors.toMap(Sample::replica, sample -> 1, Integer::sum));
        return new TreeMap<>(counts);
    }
}
