package dev.lockstep.simulation;

/**
 * The weights exp(logit − largest logit) of a row: what noise on every logit makes of the sum can be drawn at once.
 *
 * @param largest the largest logit
 * @param sum of all weights
 * @param squares sum of their squares
 */
record RowWeights(double largest, double sum, double squares) {

    static RowWeights of(double[] logits) {
        double largest = logits[0];
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        double squares = 0;
        for (double logit : logits) {
            double weight = Math.exp(logit - largest);
            sum += weight;
            squares += weight * weight;
        }
        return new RowWeights(largest, sum, squares);
    }

    /**
     * Returns the log-probability of a token when normal noise is added to every logit.
     *
     * <p>The weights of all other tokens are lognormal then, and so is their sum, very nearly: it is drawn with the mean and variance
     * that it has. Source: L. F. Fenton, "The sum of log-normal probability distributions in scatter transmission systems", IRE
     * Transactions on Communications Systems 8 (1960).
     *
     * @param logit of the token, without noise
     * @param deviation of the noise, small
     * @param own standard normal noise of the token's logit
     * @param others standard normal noise of the others' sum
     */
    double logprob(double logit, double deviation, double own, double others) {
        double weight = Math.exp(logit - largest);
        double rest = sum - weight;
        if (rest <= 0) {
            return 0;
        }
        double variance = deviation * deviation;
        double share = Math.max(0, squares - weight * weight) / (rest * rest);
        double ofSum = Math.log1p(Math.expm1(variance) * share);
        double noisyRest = rest * Math.exp((variance - ofSum) / 2 + Math.sqrt(ofSum) * others);
        return -Math.log1p(noisyRest / (weight * Math.exp(deviation * own)));
    }
}
