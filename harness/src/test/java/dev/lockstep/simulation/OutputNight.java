package dev.lockstep.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is served tonight, and how strongly noise is shared within an epoch.
 *
 * @param name for people
 * @param served the toy model, or changed ones of which any is served
 * @param temperature at which answers are sampled, .7 without a change
 * @param phi the epoch effect φ
 */
record OutputNight(String name, List<ToyModel> served, double temperature, double phi) {
    static final double TEMPERATURE = 0.7;

    OutputNight {
        served = List.copyOf(served);
    }

    static OutputNight unchanged(double phi) {
        return new OutputNight("unchanged, φ = " + Numbers.plain(phi), List.of(Toy.MODEL), TEMPERATURE, phi);
    }

    static OutputNight rounded(Changes changes) {
        return new OutputNight("KL " + Numbers.plain(changes.divergence()), changes.models(), TEMPERATURE, 1);
    }

    static OutputNight warmer(double temperature) {
        return new OutputNight("T .7 → " + Numbers.plain(temperature), List.of(Toy.MODEL), temperature, 1);
    }

    boolean isUnchanged() {
        return served.equals(List.of(Toy.MODEL)) && temperature == TEMPERATURE;
    }

    ToyModel any(RandomGenerator random) {
        return served.get(random.nextInt(served.size()));
    }
}
