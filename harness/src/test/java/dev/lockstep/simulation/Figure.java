package dev.lockstep.simulation;

/**
 * A figure that must lie within bounds.
 *
 * @param name what it says of what
 * @param value as simulated or computed
 * @param least smallest accepted value
 * @param most largest accepted value
 */
record Figure(String name, double value, double least, double most) {

    static Figure atMost(String name, double value, double most) {
        return new Figure(name, value, Double.NEGATIVE_INFINITY, most);
    }

    static Figure atLeast(String name, double value, double least) {
        return new Figure(name, value, least, Double.POSITIVE_INFINITY);
    }

    boolean holds() {
        return value >= least && value <= most;
    }

    @Override
    public String toString() {
        String bound = least == Double.NEGATIVE_INFINITY
                ? "at most " + Numbers.four(most)
                : most == Double.POSITIVE_INFINITY
                        ? "at least " + Numbers.four(least)
                        : "from " + Numbers.four(least) + " to " + Numbers.four(most);
        return name + ": " + Numbers.four(value) + ", expected " + bound;
    }
}
