package dev.lockstep.stack;

import dev.lockstep.client.Answer.Token;
import dev.lockstep.stats.EnergyDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The distances between all answers to each prompt, in nats: those of lock time first, then those of now. */
final class PromptDistances {
    private final List<double[][]> matrices = new ArrayList<>();
    private final List<Integer> then = new ArrayList<>();

    private PromptDistances() {}

    static PromptDistances between(Logprobs then, Logprobs now) {
        PromptDistances distances = new PromptDistances();
        then.answers().forEach((prompt, before) -> {
            List<List<Token>> all = new ArrayList<>(before);
            all.addAll(now.answers().getOrDefault(prompt, List.of()));
            distances.matrices.add(matrix(all));
            distances.then.add(before.size());
        });
        return distances;
    }

    private static double[][] matrix(List<List<Token>> answers) {
        double[][] matrix = new double[answers.size()][answers.size()];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < row; column++) {
                matrix[row][column] = AnswerTops.distance(answers.get(row), answers.get(column));
                matrix[column][row] = matrix[row][column];
            }
        }
        return matrix;
    }

    EnergyDistance statistic() {
        int[] first = then.stream().mapToInt(Integer::intValue).toArray();
        int[] second = IntStream.range(0, first.length)
                .map(prompt -> matrices.get(prompt).length - first[prompt])
                .toArray();
        return EnergyDistance.of(matrices, first, second);
    }

    /** Returns the mean distance between an answer of then and one of now, averaged over the prompts. */
    double across() {
        return mean(prompt -> pairs(prompt, false).average().orElse(0));
    }

    /** Returns the largest distance between two answers of one time, averaged over the prompts. */
    double within() {
        return mean(prompt -> pairs(prompt, true).max().orElse(0));
    }

    private double mean(IntToDoubleFunction ofPrompt) {
        return IntStream.range(0, matrices.size())
                .mapToDouble(ofPrompt)
                .average()
                .orElse(0);
    }

    private DoubleStream pairs(int prompt, boolean ofOneTime) {
        double[][] matrix = matrices.get(prompt);
        int before = then.get(prompt);
        return IntStream.range(0, matrix.length)
                .boxed()
                .flatMapToDouble(row -> IntStream.range(0, row)
                        .filter(column -> (row < before == column < before) == ofOneTime)
                        .mapToDouble(column -> matrix[row][column]));
    }
}
