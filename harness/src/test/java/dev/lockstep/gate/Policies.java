package dev.lockstep.gate;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Policies that differ from the shipped one in one point. */
final class Policies {
    private static final GatePolicy SHIPPED = GatePolicy.defaults();

    private Policies() {}

    static GatePolicy withMargin(double scores) {
        return of(SHIPPED.levels().screen(), SHIPPED.weights(), scores, Tiers.none(), List.of());
    }

    static GatePolicy withTiers(Tiers tiers) {
        return of(
                SHIPPED.levels().screen(), SHIPPED.weights(), SHIPPED.margins().scores(), tiers, List.of());
    }

    static GatePolicy withWaivers(GatePolicy.Waiver... waivers) {
        return of(
                SHIPPED.levels().screen(),
                SHIPPED.weights(),
                SHIPPED.margins().scores(),
                Tiers.none(),
                List.of(waivers));
    }

    static GatePolicy withReach(String detector, double reach) {
        SortedMap<String, Double> all = new TreeMap<>(SHIPPED.reach());
        all.put(detector, reach);
        return new GatePolicy(
                SHIPPED.profile(),
                SHIPPED.judging(),
                SHIPPED.levels(),
                SHIPPED.weights(),
                SHIPPED.margins(),
                all,
                SHIPPED.tiers(),
                SHIPPED.maxFailed(),
                SHIPPED.minCompared(),
                SHIPPED.waivers());
    }

    /** A screen that L1 and L4 share three to one. */
    static GatePolicy withScreen(double screen, double margin) {
        return of(screen, new TreeMap<>(Map.of("L1", .75, "L4", .25)), margin, Tiers.none(), List.of());
    }

    private static GatePolicy of(
            double screen,
            SortedMap<String, Double> weights,
            double margin,
            Tiers tiers,
            List<GatePolicy.Waiver> waivers) {
        return new GatePolicy(
                SHIPPED.profile(),
                SHIPPED.judging(),
                new GatePolicy.Levels(screen, SHIPPED.levels().confirm()),
                weights,
                new GatePolicy.Margins(
                        margin,
                        SHIPPED.margins().divergence(),
                        SHIPPED.margins().length()),
                SHIPPED.reach(),
                tiers,
                SHIPPED.maxFailed(),
                SHIPPED.minCompared(),
                waivers);
    }
}
