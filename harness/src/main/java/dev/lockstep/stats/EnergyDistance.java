package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much farther two arms lie apart than samples of one arm do, prompt by prompt, from the distances between all samples.
 *
 * <p>2 · mean across − mean within the first − mean within the second, averaged over the prompts; 0 on average over all
 * arrangements. Source: Székely and Rizzo, "Testing for equal distributions in high dimension", InterStat 5 (2004), with means over
 * different samples, so that it is without bias. A prompt with fewer than two samples in an arm is left out.
 */
public final class EnergyDistance implements TwoArmStatistic {
    private final Strata strata;
    private final UsableStrata usable;
    private final List<double[][]> distances;

    private EnergyDistance(Strata strata, List<double[][]> distances) {
        this.strata = strata;
        this.usable = new UsableStrata(strata, 2);
        this.distances = distances;
    }

    /**
     * Takes the distances between all samples of each prompt, the first arm's before the second's.
     *
     * @param distances by prompt a square matrix, symmetric, of finite values, 0 or more
     * @param first samples of the first arm by prompt
     * @param second samples of the second arm by prompt
     */
    public static EnergyDistance of(List<double[][]> distances, int[] first, int[] second) {
        Strata strata = Strata.of(first, second);
        Domain.sameLength("the prompts", distances.size(), strata.size());
        List<double[][]> copies = new ArrayList<>();
        for (int prompt = 0; prompt < strata.size(); prompt++) {
            copies.add(checked(distances.get(prompt), strata.first(prompt) + strata.second(prompt)));
        }
        return new EnergyDistance(strata, List.copyOf(copies));
    }

    private static double[][] checked(double[][] matrix, int size) {
        Domain.sameLength("the rows of distances", matrix.length, size);
        double[][] copy = new double[size][];
        for (int row = 0; row < size; row++) {
            Domain.sameLength("row " + row + " of distances", matrix[row].length, size);
            Domain.finite("row " + row + " of distances", matrix[row]);
            copy[row] = matrix[row].clone();
        }
        return copy;
    }

    @Override
    public Strata strata() {
        return strata;
    }

    @Override
    public double of(int[] order) {
        return usable.mean(prompt -> of(prompt, order));
    }

    @Override
    public Reason reason() {
        boolean identical = distances.stream()
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .allMatch(each -> each == 0);
        return usable.reason(identical);
    }

    private double of(int prompt, int[] order) {
        int begin = strata.offset(prompt);
        int middle = strata.first(prompt);
        int[] samples = Arrays.stream(order, begin, strata.offset(prompt + 1))
                .map(sample -> sample - begin)
                .toArray();
        double[][] matrix = distances.get(prompt);
        double across = 0;
        for (int place = 0; place < middle; place++) {
            for (int other = middle; other < samples.length; other++) {
                across += matrix[samples[place]][samples[other]];
            }
        }
        return 2 * across / ((double) middle * (samples.length - middle))
                - within(matrix, Arrays.copyOf(samples, middle))
                - within(matrix, Arrays.copyOfRange(samples, middle, samples.length));
    }

    private static double within(double[][] matrix, int[] samples) {
        double sum = 0;
        for (int place = 0; place < samples.length; place++) {
            for (int before = 0; before < place; before++) {
                sum += 2 * matrix[samples[place]][samples[before]];
            }
        }
        return sum / ((double) samples.length * (samples.length - 1));
    }
}
