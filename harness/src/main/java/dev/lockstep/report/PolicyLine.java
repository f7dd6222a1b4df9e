package dev.lockstep.report;

import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import java.math.BigDecimal;
import java.util.Locale;

/** The policy of a run in one line, in the words of {@code gate.yaml}. */
final class PolicyLine {
    private PolicyLine() {}

    static String of(PolicyInForce policy) {
        GatePolicy values = policy.values();
        String file = policy.file().map(path -> "from " + path).orElse("no gate.yaml");
        return "judging " + judging(values) + ", alpha " + plain(values.alpha()) + ", score_margin "
                + plain(values.scoreMargin()) + ", max_failed " + plain(values.maxFailed()) + ", min_compared "
                + plain(values.minCompared()) + " (" + file + ")";
    }

    static String judging(GatePolicy values) {
        return values.judging().name().toLowerCase(Locale.ROOT);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
