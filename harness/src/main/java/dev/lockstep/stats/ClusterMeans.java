package dev.lockstep.stats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means of clusters, such as the cases of one document: values of one cluster move together and count as one unit.
 *
 * <p>Source: E. Miller, arXiv 2411.00640 (2024): questions of one passage are one cluster.
 */
public final class ClusterMeans {

    private ClusterMeans() {}

    /**
     * Returns the mean of each cluster, in the order in which clusters first appear.
     *
     * @param values finite
     * @param clusters the cluster of each value, as any number
     */
    public static double[] of(double[] values, int[] clusters) {
        Domain.sameLength("values and clusters", values.length, clusters.length);
        Domain.finite("values", values);
        Map<Integer, Mean> means = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            means.merge(clusters[i], new Mean(values[i], 1), Mean::and);
        }
        return means.values().stream().mapToDouble(Mean::value).toArray();
    }

    private record Mean(double sum, int count) {
        Mean and(Mean other) {
            return new Mean(sum + other.sum, count + other.count);
        }

        double value() {
            return sum / count;
        }
    }
}
