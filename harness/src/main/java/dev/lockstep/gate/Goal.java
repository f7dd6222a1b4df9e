package dev.lockstep.gate;

/**
 * What a plan should be able to find.
 *
 * @param effect a loss of mean score, in (0, 1)
 * @param power the probability to find it, in (0.5, 1)
 */
public record Goal(double effect, double power) {}
