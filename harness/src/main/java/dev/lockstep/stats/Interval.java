package dev.lockstep.stats;

/**
 * An estimate and the closed interval around it.
 *
 * @param estimate the value that the data give
 * @param low lower end; −∞ where the data say nothing
 * @param high upper end; +∞ where the data say nothing
 */
public record Interval(double estimate, double low, double high) {
    /** The confidence at which the size of an effect is told, wherever one is. */
    public static final double TOLD = 0.95;
}
