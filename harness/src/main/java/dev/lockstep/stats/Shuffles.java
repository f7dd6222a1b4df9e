package dev.lockstep.stats;

import org.apache.commons.rng.UniformRandomProvider;

/** Visits random arrangements, each drawn with equal chance and independently of the others. */
final class Shuffles implements Walk {
    private final Strata strata;
    private final UniformRandomProvider random;

    Shuffles(Strata strata, UniformRandomProvider random) {
        this.strata = strata;
        this.random = random;
    }

    @Override
    public void advance(int[] order) {
        for (int stratum = 0; stratum < strata.size(); stratum++) {
            deal(
                    order,
                    strata.offset(stratum),
                    strata.offset(stratum) + strata.first(stratum),
                    strata.offset(stratum + 1));
        }
    }

    /** Draws the first arm from all samples of the stratum: the beginning of a shuffle of Fisher and Yates. */
    private void deal(int[] order, int from, int until, int end) {
        for (int place = from; place < until; place++) {
            int drawn = place + random.nextInt(end - place);
            int sample = order[drawn];
            order[drawn] = order[place];
            order[place] = sample;
        }
    }
}
