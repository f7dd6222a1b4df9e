package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, spelled the same on every machine. */
final class Figures {
    private Figures() {}

    /** Returns a score from 0 to 1 with three decimals. */
    static String score(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Returns a difference of scores with its sign; a real minus sign, so that columns align. */
    static String signed(double value) {
        String digits = String.format(Locale.ROOT, "%.3f", Math.abs(value));
        if (digits.equals("0.000")) {
            return "0.000";
        }
        return (value < 0 ? "−" : "+") + digits;
    }

    /** Returns a p-value, or a dash when equality decided and no test was made. */
    static String pValue(Finding finding) {
        if (!finding.isTested()) {
            return "–";
        }
        double p = finding.pValue().orElseThrow();
        return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    /** Returns whether what differs matters, or a dash when nothing does. */
    static String severity(Finding.Severity severity) {
        return switch (severity) {
            case NONE -> "–";
            case WITHIN_MARGIN -> "within the margin";
            case BEYOND_MARGIN -> "beyond the margin";
        };
    }

    /** Returns a difference of log-probabilities as {@link #logprob(double)}, or a dash when there was none to compare. */
    static String logprob(OptionalDouble value) {
        return value.isPresent() ? logprob(value.getAsDouble()) : "–";
    }

    /** Returns a difference of log-probabilities: {@code 0}, {@code 0.37}, {@code 2.1e-03}. */
    static String logprob(double value) {
        if (value == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 0.01 ? "%.1e" : "%.2f", value);
    }

    static String micros(long micros) {
        return micros < 1_000_000
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }

    /** Returns {@code 1 sample}, {@code 2 samples}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns the head of a long digest, with an ellipsis. */
    static String brief(String digest) {
        return digest.length() <= 20 ? digest : digest.substring(0, 16) + "…";
    }

    /** Returns how many samples changed, {@code 3 of 106}; of distributions how many were compared. */
    static String share(Finding finding) {
        return finding.isOfDistributions()
                ? finding.compared() + " compared"
                : finding.changed() + " of " + finding.compared();
    }
}
