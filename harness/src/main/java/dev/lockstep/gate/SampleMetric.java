package dev.lockstep.gate;

import dev.lockstep.gate.SampleArm.Draw;

/** One number of a sampled answer, whose mean is compared. */
enum SampleMetric {
    LENGTH("length") {
        @Override
        double of(Draw draw) {
            return draw.tokens().size();
        }
    },
    REFUSED("rate of refusals") {
        @Override
        double of(Draw draw) {
            return draw.refused() ? 1 : 0;
        }
    },
    CUT("rate of answers that were cut off") {
        @Override
        double of(Draw draw) {
            return draw.cut() ? 1 : 0;
        }
    },
    CALLED("rate of tool calls") {
        @Override
        double of(Draw draw) {
            return draw.called() ? 1 : 0;
        }
    };

    private final String words;

    SampleMetric(String words) {
        this.words = words;
    }

    abstract double of(Draw draw);

    String words() {
        return words;
    }
}
