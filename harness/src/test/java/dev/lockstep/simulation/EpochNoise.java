package dev.lockstep.simulation;

import java.util.random.RandomGenerator;

/**
 * What one start of a server adds to the logits of the toy model.
 *
 * @param deviation standard deviation of the noise that each call adds to each logit anew: the noise floor σ, times the level of
 *     this epoch
 * @param lean what all calls of the epoch add to the logits of even tokens and take from those of odd ones
 */
record EpochNoise(double deviation, double lean) {
    static final EpochNoise NONE = new EpochNoise(0, 0);

    /** Draws what one call adds to the logit of one token. */
    double ofCall(RandomGenerator random) {
        return deviation == 0 ? 0 : deviation * random.nextGaussian();
    }

    /** Returns what the epoch adds to every call's logit of a token. */
    double shared(int token) {
        return token % 2 == 0 ? lean : -lean;
    }
}
