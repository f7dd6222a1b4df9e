package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.PairedDesign.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDesignTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 969",
        ".16666666666666666, 1, 3876",
        ".16666666666666666, 4, 1696",
        ".16666666666666666, 10, 1260"
    })
    void plans_the_published_items_for_repeated_tries(double noise, int tries, int expected) {
        Tries side = new Tries(noise, tries);

        assertThat(PairedDesign.ofTries(1 / 9.0, side, side).items(.03, .05, .8))
                .isEqualTo(expected);
    }

    @Test
    void plans_the_published_items_for_one_point() {
        // published as "about 11,700"
        assertThat(PairedDesign.ofDiscordance(.1).items(.01, .01, .8)).isEqualTo(11_679);
    }

    @ParameterizedTest
    @CsvSource({"500, .02, .0177", "500, .05, .0280", "500, .1, .0396", "500, .2, .0560", "1000, .1, .0280"})
    void sees_the_published_effects(int items, double discordance, double expected) {
        assertThat(PairedDesign.ofDiscordance(discordance).minimumDetectableEffect(items, .05, .8))
                .isCloseTo(expected, within(.00005));
    }

    @Test
    void needs_as_many_items_as_its_smallest_effect_says() {
        PairedDesign design = new PairedDesign(.07);

        assertThat(design.items(design.minimumDetectableEffect(400, .01, .9) * (1 + 1e-12), .01, .9))
                .isEqualTo(400);
    }

    @Test
    void plans_margins_for_repeated_tries() {
        PairedDesign once = PairedDesign.ofTries(0, new Tries(.1, 1), new Tries(.1, 1));
        PairedDesign fourTimes = PairedDesign.ofTries(0, new Tries(.1, 4), new Tries(.1, 4));

        assertThat(NonInferiority.items(once, .02)).isEqualTo(NonInferiority.items(.2, .02));
        assertThat(NonInferiority.items(fourTimes, .02)).isEqualTo(NonInferiority.items(.05, .02));
        assertThat(Equivalence.items(fourTimes, .02)).isEqualTo(Equivalence.items(.05, .02));
        assertThat(fourTimes.standardError(773)).isCloseTo(Math.sqrt(.05 / 773), within(1e-15));
    }

    @Test
    void sees_everything_where_nothing_varies() {
        PairedDesign exact = PairedDesign.ofDiscordance(0);

        assertThat(exact.items(.01, .05, .8)).isEqualTo(1);
        assertThat(exact.minimumDetectableEffect(1, .05, .8)).isZero();
    }

    @Test
    void rejects_what_cannot_be_planned() {
        PairedDesign design = new PairedDesign(.1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedDesign(Double.POSITIVE_INFINITY))
                .withMessage("variance must be a finite number that is not negative, is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> design.items(0, .05, .8))
                .withMessage("effect must be positive, is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> design.items(.01, 0, .8))
                .withMessage("alpha must lie between 0 and 1, both excluded; is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> design.minimumDetectableEffect(10, .05, 1))
                .withMessage("power must lie between 0 and 1, both excluded; is 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tries(.1, 0))
                .withMessage("count must be positive, is 0");
    }
}
