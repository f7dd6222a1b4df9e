package dev.lockstep.stats;

/** R's data set {@code sleep}: extra hours of sleep of ten people after each of two drugs (Student, Biometrika 6, 1908). */
final class Sleep {
    static final double[] FIRST = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};
    static final double[] SECOND = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    private Sleep() {}
}
