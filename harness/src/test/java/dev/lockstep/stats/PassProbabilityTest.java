package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassProbabilityTest {
    /** One-sided .05. */
    private static final double CRITICAL = 1.6448536269514722;

    /** Published figures are Wald's; they are the chances under that rule, not under the one that keeps its level. */
    @ParameterizedTest
    @CsvSource({
        "500, .02, .92", "500, .05, .64", "500, .1, .42", "500, .2, .26",
        "300, .02, .79", "300, .05, .48", "300, .1, .29", "300, .2, .19",
        "60, .02, .56", "60, .05, .24", "60, .1, .13", "60, .2, .11"
    })
    void gives_the_published_chances_under_the_rule_of_wald(int items, double discordance, double expected) {
        double chance = new PairedOutcomes(items, discordance, 0).chance((gains, losses) -> {
            double variance = gains + losses - (gains - losses) * (gains - losses) / (double) items;
            return gains - losses + .02 * items >= CRITICAL * Math.sqrt(variance);
        });

        assertThat(chance).isCloseTo(expected, within(.013));
    }

    @ParameterizedTest
    @CsvSource({"500, .02, .880", "500, .05, .617", "500, .1, .398", "300, .02, .682", "60, .02, .068", "60, .1, .115"})
    void is_lower_under_the_rule_that_keeps_its_level(int items, double discordance, double expected) {
        assertThat(PassProbability.paired(items, discordance, .02)).isCloseTo(expected, within(.0006));
    }

    @Test
    void agrees_with_simulated_nights() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        int passed = 0;
        for (int night = 0; night < 4_000; night++) {
            int gains = 0;
            int losses = 0;
            for (int item = 0; item < 200; item++) {
                double draw = random.nextDouble();
                gains += draw < .03 ? 1 : 0;
                losses += draw >= .97 ? 1 : 0;
            }
            PairedCounts counts = new PairedCounts(200 - gains - losses, gains, losses, 0);
            passed += NonInferiority.test(counts, .05).pValue() <= .05 ? 1 : 0;
        }
        // standard error at most .008
        assertThat(passed / 4_000.0).as("seed %d", seed).isCloseTo(PassProbability.paired(200, .06, .05), within(.024));
    }

    @Test
    void follows_the_standard_error_of_a_mean() {
        assertThat(PassProbability.ofMean(.02 / (CRITICAL + CRITICAL), .02)).isCloseTo(.95, within(1e-9));
        assertThat(PassProbability.ofMean(0, .02)).isEqualTo(1);
        assertThat(PassProbability.ofMean(Double.POSITIVE_INFINITY, .02)).isCloseTo(.05, within(1e-9));
    }

    @Test
    void knows_the_unchanged_for_certain_with_enough_items() {
        assertThat(PassProbability.paired(133, 0, .02)).isEqualTo(1);
        assertThat(PassProbability.paired(132, 0, .02)).isZero();
    }

    @Test
    void rejects_what_cannot_be_planned() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassProbability.paired(0, .1, .02))
                .withMessage("items must be positive, is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassProbability.ofMean(Double.NaN, .02))
                .withMessage("standardError must not be negative, is NaN");
    }
}
