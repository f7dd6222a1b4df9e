package dev.lockstep.gate;

import dev.lockstep.gate.SampleArm.Draw;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws runs of a toy model: at each place its own token with a fixed chance, else one of ten others; longer or shorter by chance. */
final class SampledRuns {
    static final int PROMPTS = 8;
    static final int SAMPLES = 10;

    private final SplittableRandom random;

    SampledRuns(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Draws one run whose tokens have this chance each. */
    SampleArm run(double likeliest) {
        return new SampleArm(IntStream.range(0, PROMPTS)
                .mapToObj(prompt -> IntStream.range(0, SAMPLES)
                        .mapToObj(sample -> draw(likeliest))
                        .toList())
                .toList());
    }

    /** Draws runs that lean a little to one side each, as noise does that a run shares. */
    List<SampleArm> leaning(int runs, double likeliest, double spread) {
        return IntStream.range(0, runs)
                .mapToObj(run -> run(likeliest + spread * random.nextGaussian()))
                .toList();
    }

    List<SampleArm> runs(int runs, double likeliest) {
        return leaning(runs, likeliest, 0);
    }

    private Draw draw(double likeliest) {
        List<Integer> tokens = IntStream.range(0, 10 + random.nextInt(3))
                .mapToObj(place -> random.nextDouble() < likeliest ? place : 100 + random.nextInt(10))
                .toList();
        return new Draw(tokens, false, false, random.nextInt(10) == 0);
    }
}
