package dev.lockstep.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The log-probabilities of the likeliest tokens at one position, keyed by token id, likeliest first.
 *
 * <p>Tokens that were listed with probability 0 (−∞, or the −9999 that servers write in its place) are left out like tokens
 * that were not listed. A value below −100 counts as −100.
 */
public final class TopLogprobs {
    /** What servers write for a probability of 0, since JSON has no infinity. */
    public static final double SENTINEL = -9999;

    /** The least log-probability that is told apart. */
    static final double LEAST = -100;

    private static final double ROUNDING = 1e-3;

    private final int[] ids;
    private final double[] logprobs;

    private TopLogprobs(int[] ids, double[] logprobs) {
        this.ids = ids;
        this.logprobs = logprobs;
    }

    /**
     * Keeps every token.
     *
     * @param ids of tokens, each once
     * @param logprobs natural logarithms of their probabilities, at most 0; at least one above {@link #SENTINEL}
     */
    public static TopLogprobs of(int[] ids, double[] logprobs) {
        return of(ids, logprobs, Integer.MAX_VALUE);
    }

    /**
     * Keeps the {@code most} likeliest tokens.
     *
     * <p>Some servers list the sampled token even where it is not among the likeliest. It would be taken for the last of them
     * and so poison what is said about tokens that are not listed: ask for n tokens and keep n.
     *
     * @param most 1 or more
     */
    public static TopLogprobs of(int[] ids, double[] logprobs, int most) {
        check(ids, logprobs);
        int[] order = (isInOrder(ids, logprobs) ? IntStream.range(0, ids.length) : inOrder(ids, logprobs))
                .limit(most)
                .toArray();
        if (order.length == 0) {
            throw new IllegalArgumentException("no token has a probability above 0, expected at least one of "
                    + Arrays.toString(ids) + " to have; leave the position out");
        }
        return new TopLogprobs(
                IntStream.of(order).map(i -> ids[i]).toArray(),
                IntStream.of(order).mapToDouble(i -> clamped(logprobs[i])).toArray());
    }

    /** Servers list the likeliest first, so that there is mostly nothing to sort. */
    private static boolean isInOrder(int[] ids, double[] logprobs) {
        for (int i = 0; i < ids.length; i++) {
            boolean follows =
                    i == 0 || logprobs[i] < logprobs[i - 1] || (logprobs[i] == logprobs[i - 1] && ids[i] > ids[i - 1]);
            if (!follows || logprobs[i] <= SENTINEL) {
                return false;
            }
        }
        return true;
    }

    private static IntStream inOrder(int[] ids, double[] logprobs) {
        return IntStream.range(0, ids.length)
                .filter(i -> logprobs[i] > SENTINEL)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -logprobs[i]).thenComparingInt(i -> ids[i]))
                .mapToInt(Integer::intValue);
    }

    private static void check(int[] ids, double[] logprobs) {
        if (ids.length != logprobs.length) {
            throw new IllegalArgumentException(
                    ids.length + " tokens have " + logprobs.length + " log-probabilities, expected one for each");
        }
        if (listsTwice(ids)) {
            throw new IllegalArgumentException(
                    "a token is listed twice in " + Arrays.toString(ids) + "; key the list by token id, not by text");
        }
        Arrays.stream(logprobs).forEach(TopLogprobs::clamped);
    }

    private static boolean listsTwice(int[] ids) {
        int[] sorted = ids.clone();
        Arrays.sort(sorted);
        return IntStream.range(1, sorted.length).anyMatch(i -> sorted[i] == sorted[i - 1]);
    }

    /** Returns a log-probability between −100 and 0; NaN and values above 0 beyond rounding are none. */
    static double clamped(double logprob) {
        if (Double.isNaN(logprob) || logprob > ROUNDING) {
            throw new IllegalArgumentException(
                    logprob + " is no log-probability, expected a value of at most 0; leave out what was not measured");
        }
        return Math.clamp(logprob, LEAST, 0);
    }

    int size() {
        return ids.length;
    }

    int id(int rank) {
        return ids[rank];
    }

    double logprob(int rank) {
        return logprobs[rank];
    }

    /** Returns the value of the last token that is listed: no other token has a larger one. */
    double last() {
        return logprobs[logprobs.length - 1];
    }

    boolean lists(int id) {
        return Arrays.stream(ids).anyMatch(each -> each == id);
    }

    /** Returns the value of a token, and of one that is not listed the largest that it can have. */
    double atMost(int id) {
        for (int rank = 0; rank < ids.length; rank++) {
            if (ids[rank] == id) {
                return logprobs[rank];
            }
        }
        return last();
    }
}
