package dev.lockstep.gate;

import dev.lockstep.client.Answer;
import dev.lockstep.run.Sample;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sampled answers of one or several runs, prompt by prompt.
 *
 * @param prompts for each prompt its samples, in the order of the prompts' paths
 */
record SampleArm(List<List<Draw>> prompts) {

    SampleArm {
        prompts = prompts.stream().map(List::copyOf).toList();
    }

    /** Returns runs of the same prompts as one arm. */
    static SampleArm pooled(List<SampleArm> runs) {
        int prompts = runs.isEmpty() ? 0 : runs.getFirst().prompts().size();
        return new SampleArm(IntStream.range(0, prompts)
                .mapToObj(prompt -> runs.stream()
                        .flatMap(run -> run.prompts().get(prompt).stream())
                        .toList())
                .toList());
    }

    /**
     * One sampled answer.
     *
     * @param tokens ids; where the server sends none, a number for each token's text, or the code points of the answer
     * @param refused whether the stack refused to answer; it has no tokens then
     * @param cut whether the answer ended because it was too long
     * @param called whether it calls a tool
     */
    record Draw(List<Integer> tokens, boolean refused, boolean cut, boolean called) {
        Draw {
            tokens = List.copyOf(tokens);
        }

        static Draw of(Sample sample, Optional<Answer> answer) {
            return new Draw(
                    answer.map(Draw::symbols).orElse(List.of()),
                    sample.outcome() == Sample.Outcome.REFUSED,
                    answer.filter(each -> each.finishReason().equals("length")).isPresent(),
                    answer.filter(each -> !each.toolCalls().isEmpty()).isPresent());
        }

        private static List<Integer> symbols(Answer answer) {
            return answer.tokens().isEmpty()
                    ? text(answer).codePoints().boxed().toList()
                    : answer.tokens().stream().map(Draw::symbol).toList();
        }

        private static int symbol(Answer.Token token) {
            return token.id() < 0 ? token.text().hashCode() : token.id();
        }

        private static String text(Answer answer) {
            Stream<String> calls = answer.toolCalls().stream().map(call -> call.name() + call.arguments());
            return answer.reasoning() + answer.text() + String.join("", calls.toList());
        }
    }

    /** Returns the token ids by prompt and sample. */
    int[][][] tokens() {
        return prompts.stream()
                .map(samples -> samples.stream().map(SampleArm::ids).toArray(int[][]::new))
                .toArray(int[][][]::new);
    }

    /** Returns one number of each sample, by prompt. */
    double[][] values(SampleMetric metric) {
        return prompts.stream()
                .map(samples -> samples.stream().mapToDouble(metric::of).toArray())
                .toArray(double[][]::new);
    }

    /** Returns the mean of one number over all samples, with equal weight for every prompt. */
    double mean(SampleMetric metric) {
        return prompts.stream()
                .mapToDouble(samples ->
                        samples.stream().mapToDouble(metric::of).average().orElse(0))
                .average()
                .orElse(0);
    }

    int size() {
        return prompts.stream().mapToInt(List::size).sum();
    }

    private static int[] ids(Draw draw) {
        return draw.tokens().stream().mapToInt(Integer::intValue).toArray();
    }
}
