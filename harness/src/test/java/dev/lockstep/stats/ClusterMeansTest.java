package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ClusterMeansTest {

    @Test
    void gives_each_cluster_one_value_in_the_order_of_appearance() {
        double[] values = {1, 0, 1, 1, 0, 0, 0, 1, 1, 1};
        int[] clusters = {9, 9, 2, 2, 2, 3, 3, 4, 4, 4};

        assertThat(ClusterMeans.of(values, clusters)).containsExactly(.5, 2 / 3.0, 0, 1);
    }

    @Test
    void gives_nothing_for_nothing() {
        assertThat(ClusterMeans.of(new double[0], new int[0])).isEmpty();
    }

    @Test
    void needs_a_cluster_for_each_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterMeans.of(new double[3], new int[2]))
                .withMessage("values and clusters must have the same length, have 3 and 2");
    }
}
