package dev.lockstep.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A change of the weights by a given divergence, in any of three random directions.
 *
 * @param divergence mean, in nats a token
 * @param models one for each direction
 */
record Changes(double divergence, List<ToyModel> models) {
    private static final int DIRECTIONS = 3;

    Changes {
        models = List.copyOf(models);
    }

    static Changes of(ToyModel base, double divergence) {
        return new Changes(
                divergence,
                IntStream.range(0, DIRECTIONS)
                        .mapToObj(direction -> base.perturbed(direction, divergence))
                        .toList());
    }

    ToyModel any(RandomGenerator random) {
        return models.get(random.nextInt(models.size()));
    }
}
