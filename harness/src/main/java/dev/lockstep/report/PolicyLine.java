package dev.lockstep.report;

import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The policy of a run in one line, in the words of {@code gate.yaml}. */
final class PolicyLine {
    private PolicyLine() {}

    static String of(PolicyInForce policy) {
        GatePolicy values = policy.values();
        String file = policy.file().map(path -> "from " + path).orElse("no gate.yaml");
        return "judging " + judging(values) + ", screen "
                + plain(values.levels().screen()) + ", confirm "
                + plain(values.levels().confirm()) + ", margin of scores "
                + plain(values.margins().scores()) + ", max_failed " + plain(values.maxFailed()) + ", min_compared "
                + plain(values.minCompared())
                + suites("supporting", values.tiers().supporting())
                + suites("advisory", values.tiers().advisory()) + waivers(values) + " (" + file + ")";
    }

    private static String suites(String tier, List<String> suites) {
        return suites.isEmpty() ? "" : ", " + tier + ": " + String.join(" and ", suites);
    }

    private static String waivers(GatePolicy values) {
        return values.waivers().isEmpty()
                ? ""
                : ", waived: "
                        + values.waivers().stream()
                                .map(waiver -> waiver.name() + " until " + waiver.expires())
                                .collect(Collectors.joining(" and "));
    }

    static String judging(GatePolicy values) {
        return values.judging().name().toLowerCase(Locale.ROOT);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
