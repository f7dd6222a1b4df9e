package dev.lockstep.simulation;

import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Peers' rules on outputs beside ours, on unchanged nights with and without an epoch effect, and after changes. */
final class PeerOutputNights implements Simulation {
    private static final int BASELINES = 200;
    private static final int CHANGED_BASELINES = 40;
    private static final int NIGHTS_EACH = 10;

    private record Rule(String name, Function<OutputNight, OutputRule> on) {}

    private static final List<Rule> RULES = List.of(
            new Rule("any mismatch of 100 answers", OutputRules::anyMismatch),
            new Rule("LT: one prompt × 10", OutputRules::logprobTracking),
            new Rule("B3IT: 20 border prompts × 10, 30 nights", OutputRules::borderInputs),
            new Rule("MET: 25 × 10 answers", OutputRules::modelEquality),
            new Rule("Lockstep L1: 100 × 50 tokens, 10 runs", OutputRules::fingerprint),
            new Rule("Lockstep L2: 5,000 tokens, 10 runs", OutputRules::logprobs),
            new Rule("Lockstep L3: 25 × 10 answers, 10 runs", OutputRules::samples));

    private final List<OutputNight> nights = List.of(
            OutputNight.unchanged(1),
            OutputNight.unchanged(3),
            OutputNight.rounded(Toy.ROUNDED.get(1)),
            OutputNight.rounded(Toy.ROUNDED.get(3)),
            OutputNight.warmer(1));

    @Override
    public Chapter run(Effort effort) {
        List<String> columns = Stream.concat(Stream.of("rule"), nights.stream().map(OutputNight::name))
                .toList();
        List<List<String>> rows = RULES.stream().map(rule -> row(effort, rule)).toList();
        Table table = new Table("Share of nights on which the rule alarms.", columns, rows);
        return new Chapter("Rules on outputs", text(effort), List.of(table), List.of());
    }

    private List<String> row(Effort effort, Rule rule) {
        List<String> row = new ArrayList<>(List.of(rule.name));
        for (OutputNight night : nights) {
            double rate = rate(effort, rule, night).rate();
            row.add(night.isUnchanged() ? Numbers.three(rate) : Numbers.two(rate));
        }
        return row;
    }

    private static Proportion rate(Effort effort, Rule rule, OutputNight night) {
        OutputRule on = rule.on.apply(night);
        List<Boolean> alarms = effort
                .replicates(rule.name + night.name(), night.isUnchanged() ? BASELINES : CHANGED_BASELINES)
                .map(random -> on.alarms(effort.nights(NIGHTS_EACH), random))
                .stream()
                .flatMap(List::stream)
                .toList();
        return new Proportion((int) alarms.stream().filter(alarm -> alarm).count(), alarms.size());
    }

    private static String text(Effort effort) {
        return "Noise floor σ = .05, α = .05 where a rule has one; "
                + effort.scaled(BASELINES) * effort.nights(NIGHTS_EACH)
                + " unchanged nights a cell (standard error .005 at .05) and "
                + effort.scaled(CHANGED_BASELINES) * effort.nights(NIGHTS_EACH)
                + " changed ones (at most .025), ten against each baseline of ten runs; rules of peers draw their one run anew each"
                + " night. For B3IT a cell says whether 20 unchanged nights and 10 after the change hold an event. Greedy answers"
                + " and raw log-probabilities do not see a temperature: L1, L2, LT and B3IT cannot, L3 exists for it. The epoch effect"
                + " of LT and B3IT is one on logits at the same prompt, that of MET and L3 one on the answers to a prompt, that of L1"
                + " and L2 one on the level of the noise.";
    }
}
