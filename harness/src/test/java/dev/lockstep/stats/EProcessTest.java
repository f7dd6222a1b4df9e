package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EProcessTest {
    private static final int ITEMS = 1_000;
    private static final int SUITES = 4_000;
    private static final long SEED = 20_261_126;

    @ParameterizedTest
    @CsvSource({
        "10, 9, 9.30909090909",
        "20, 17, 43.8001670844",
        "20, 3, 43.8001670844",
        "20, 10, .270260183573",
        "100, 65, 11.4613939477",
        "0, 0, 1"
    })
    void gives_the_published_evidence(int pairs, int losses, double expected) {
        assertThat(EProcess.after(pairs, losses)).isCloseTo(expected, Percentage.withPercentage(1e-7));
    }

    @Test
    void expects_no_growth_while_each_way_is_as_likely() {
        double expected = 0;
        double chance = Math.pow(.5, 30);
        for (int losses = 0; losses <= 30; losses++) {
            expected += chance * EProcess.after(30, losses);
            chance *= (30.0 - losses) / (losses + 1);
        }
        assertThat(expected).isCloseTo(1, within(1e-12));
    }

    @Test
    void does_not_overflow() {
        assertThat(EProcess.after(5_000, 0)).isEqualTo(Double.MAX_VALUE);
        assertThat(EProcess.after(5_000, 2_500)).isBetween(0.0, .1);
    }

    /** The published table: discordance .1, at most 1,000 items, α = .05. */
    @ParameterizedTest
    @CsvSource({"0, .026, 982", ".03, .569, 722", ".05, .989, 337", ".08, 1, 129"})
    void stops_as_early_as_published(double change, double power, double meanItems) {
        Random random = new Random(SEED);
        int found = 0;
        long items = 0;
        for (int suite = 0; suite < SUITES; suite++) {
            int stopped = stop(random, change);
            found += stopped > 0 ? 1 : 0;
            items += stopped > 0 ? stopped : ITEMS;
        }
        // The table, too, comes from 4,000 suites: twice the standard error of each rate.
        double tolerance = 3 * Math.sqrt(2 * Math.max(power * (1 - power), .001) / SUITES);
        assertThat(found / (double) SUITES).as("seed %d", SEED).isCloseTo(power, within(tolerance));
        assertThat(items / (double) SUITES).as("seed %d", SEED).isCloseTo(meanItems, within(25.0));
    }

    /** Returns after how many items the evidence reaches 20, or 0. */
    private static int stop(Random random, double change) {
        int pairs = 0;
        int losses = 0;
        for (int item = 1; item <= ITEMS; item++) {
            double draw = random.nextDouble();
            if (draw >= .1) {
                continue;
            }
            pairs++;
            losses += draw < (.1 + change) / 2 ? 1 : 0;
            if (EProcess.after(pairs, losses) >= 20) {
                return item;
            }
        }
        return 0;
    }

    @Test
    void rejects_more_losses_than_pairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EProcess.after(3, 4))
                .withMessage("4 losses of 3 pairs, expected 0 to 3");
    }
}
