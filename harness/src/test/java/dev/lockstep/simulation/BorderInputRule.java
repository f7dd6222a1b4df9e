package dev.lockstep.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A peer: border input tracking (B3IT), prompts whose first greedy token varies, and the mean total variation of each night's
 * first tokens from a reference.
 *
 * <p>A night deviates when its distance lies more than .2 and more than 4 standard deviations from the mean of the trailing 14
 * nights, less the last 4; three such nights in a row are an event. Fewer than 5 trailing nights say nothing.
 *
 * <p>Source: arXiv 2602.11083 (ICML 2026) and the production configuration in the repository published with it.
 */
final class BorderInputRule {
    private static final int WINDOW = 14;
    private static final int EXCLUDED = 4;
    private static final int FEWEST = 5;
    private static final double DEVIATIONS = 4;
    private static final double LEAST_CHANGE = 0.2;
    private static final int IN_A_ROW = 3;

    private BorderInputRule() {}

    /**
     * Says whether a series of nights holds an event.
     *
     * @param distances of each night from the reference, in [0, 1], oldest first
     */
    static boolean alarms(double[] distances) {
        int streak = 0;
        for (int night = 0; night < distances.length && streak < IN_A_ROW; night++) {
            streak = deviates(distances, night) ? streak + 1 : 0;
        }
        return streak == IN_A_ROW;
    }

    /**
     * Returns the mean total variation between two runs' first tokens.
     *
     * @param reference tokens by prompt and sample
     * @param tonight of the same prompts
     */
    static double distance(int[][] reference, int[][] tonight) {
        return IntStream.range(0, reference.length)
                .mapToDouble(prompt -> totalVariation(reference[prompt], tonight[prompt]))
                .average()
                .orElse(0);
    }

    private static boolean deviates(double[] distances, int night) {
        int end = night - EXCLUDED;
        int start = Math.max(0, end - WINDOW);
        if (end - start < FEWEST) {
            return false;
        }
        double[] trailing = Arrays.copyOfRange(distances, start, end);
        double change = Math.abs(distances[night] - EpochEffect.mean(trailing));
        return change > LEAST_CHANGE && change > DEVIATIONS * Math.sqrt(EpochEffect.variance(trailing));
    }

    private static double totalVariation(int[] reference, int[] tonight) {
        return IntStream.concat(Arrays.stream(reference), Arrays.stream(tonight))
                        .distinct()
                        .mapToDouble(token -> Math.abs(share(reference, token) - share(tonight, token)))
                        .sum()
                / 2;
    }

    private static double share(int[] tokens, int token) {
        return Arrays.stream(tokens).filter(each -> each == token).count() / (double) tokens.length;
    }
}
