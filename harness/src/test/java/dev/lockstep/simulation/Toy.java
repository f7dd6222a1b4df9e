package dev.lockstep.simulation;

import java.util.List;
import java.util.stream.DoubleStream;

/** The toy model of the report, and its changed weights. */
final class Toy {
    static final ToyModel MODEL = ToyModel.seeded(20_261_122);

    /** Divergences as of rounding to 8 bits (least and most), to 6 bits, to 4 (a large model and a small one). */
    static final List<Changes> ROUNDED = DoubleStream.of(2e-4, 1.2e-3, 5e-3, 3e-2, 9e-2)
            .mapToObj(divergence -> Changes.of(MODEL, divergence))
            .toList();

    private Toy() {}
}
