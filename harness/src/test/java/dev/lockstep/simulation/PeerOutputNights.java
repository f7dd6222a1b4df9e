package dev.lockstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Peers' rules on outputs beside ours, on unchanged nights with and without an epoch effect, and after changes. */
final class PeerOutputNights implements Simulation {
    private static final int NIGHTS = 300;

    private record Rule(String name, Function<OutputNight, Predicate<SplittableRandom>> on) {}

    private static final List<Rule> RULES = List.of(
            new Rule("any mismatch of 100 answers", OutputRules::anyMismatch),
            new Rule("LT: one prompt × 10", OutputRules::logprobTracking),
            new Rule("B3IT: 20 border prompts × 10, 30 nights", OutputRules::borderInputs),
            new Rule("MET: 25 × 10 answers", OutputRules::modelEquality),
            new Rule("Lockstep L2: 5,000 tokens, 10 runs", OutputRules::logprobs),
            new Rule("Lockstep L3: 25 × 10 answers, 10 runs", OutputRules::samples));

    private final List<OutputNight> nights = List.of(
            OutputNight.unchanged(1),
            OutputNight.unchanged(3),
            OutputNight.rounded(Toy.ROUNDED.get(1)),
            OutputNight.rounded(Toy.ROUNDED.getLast()),
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
            Replicates replicates = effort.replicates(rule.name + night.name(), NIGHTS);
            row.add(Numbers.two(replicates.share(rule.on.apply(night)).rate()));
        }
        return row;
    }

    private static String text(Effort effort) {
        return "Noise floor σ = .05, α = .05 where a rule has one, " + effort.scaled(NIGHTS)
                + " nights a cell (standard error at most .03). For B3IT a cell says whether 20 unchanged nights and 10 after the"
                + " change hold an event. Greedy answers and raw log-probabilities do not see a temperature: L2, LT and B3IT"
                + " cannot, L3 exists for it. The epoch effect of LT and B3IT is one on logits at the same prompt, that of MET and"
                + " L3 one on the answers to a prompt, that of L2 one on the level of the noise.";
    }
}
