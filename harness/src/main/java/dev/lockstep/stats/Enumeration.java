package dev.lockstep.stats;

import java.util.stream.IntStream;

/** Visits every arrangement once, beginning with the observed one: an odometer with a wheel for each stratum. */
final class Enumeration implements Walk {
    private final Strata strata;
    private final Combination[] wheels;

    Enumeration(Strata strata) {
        this.strata = strata;
        this.wheels = IntStream.range(0, strata.size())
                .mapToObj(stratum -> new Combination(strata.first(stratum), strata.second(stratum)))
                .toArray(Combination[]::new);
    }

    @Override
    public void advance(int[] order) {
        boolean carry = true;
        for (int stratum = 0; stratum < wheels.length && carry; stratum++) {
            carry = !wheels[stratum].advance();
            wheels[stratum].write(order, strata.offset(stratum));
        }
    }
}
