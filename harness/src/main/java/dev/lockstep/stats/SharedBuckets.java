package dev.lockstep.stats;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Two next-token distributions, each known by its likeliest tokens, over buckets that both know.
 *
 * <p>A token that both list is a bucket. Tokens that only the first lists form one more; the second gives it no more than its
 * last listed probability for each, and the mass it has left. The tail holds all others. Since merging tokens can only bring
 * distributions together (data processing), and the mass that the second may have moved is placed where the two are closest, a
 * divergence over the buckets is a lower bound on the one over all tokens.
 */
final class SharedBuckets {
    /** No bucket of several tokens is taken for smaller: single precision does not tell. */
    private static final double LEAST = 1e-6;

    private final double[] first;
    private final double[] second;

    private SharedBuckets(double[] first, double[] second) {
        this.first = first;
        this.second = second;
    }

    static SharedBuckets of(TopLogprobs first, TopLogprobs second) {
        int[] shared = IntStream.range(0, first.size())
                .map(first::id)
                .filter(second::lists)
                .toArray();
        double[] p = masses(first, shared);
        double[] q = masses(second, shared);
        int missing = first.size() - shared.length;
        double unshared = rest(p);
        double only = missing == 0 ? 0 : Math.clamp(onlyMass(first, second), 0, unshared);
        double tail = Math.max(LEAST, unshared - only);
        double left = rest(q);
        double most = Math.max(LEAST, missing * Math.exp(second.last()));
        double given = Math.min(most, left * only / (only + tail));
        return new SharedBuckets(with(p, only, tail), with(q, given, left - given));
    }

    private static double[] masses(TopLogprobs top, int[] ids) {
        return IntStream.of(ids).mapToDouble(id -> Math.exp(top.atMost(id))).toArray();
    }

    private static double onlyMass(TopLogprobs first, TopLogprobs second) {
        return IntStream.range(0, first.size())
                .filter(rank -> !second.lists(first.id(rank)))
                .mapToDouble(rank -> Math.exp(first.logprob(rank)))
                .sum();
    }

    private static double rest(double[] masses) {
        return Math.max(LEAST, 1 - DoubleStream.of(masses).sum());
    }

    private static double[] with(double[] masses, double only, double tail) {
        return DoubleStream.concat(DoubleStream.of(masses), DoubleStream.of(only, tail))
                .toArray();
    }

    double[] first() {
        return first;
    }

    double[] second() {
        return second;
    }
}
