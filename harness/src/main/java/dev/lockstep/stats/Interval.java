package dev.lockstep.stats;

/** A closed interval of real numbers. */
public record Interval(double lower, double upper) {}
