package dev.lockstep.cli;

import dev.lockstep.gate.Outlook;
import dev.lockstep.gate.PassForecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a terminal shows of P(PASS | unchanged).
 *
 * @param margin the loss of score that would still be "the same"
 */
record PassLines(PassForecast forecast, double margin) {

    List<String> all() {
        List<String> lines = new ArrayList<>(List.of(chance()));
        forecast.notCounted().ifPresent(lines::add);
        forecast.advisory().forEach(outlook -> lines.add(advisory(outlook)));
        return lines;
    }

    private String chance() {
        String each = forecast.outlooks().stream()
                .filter(outlook -> outlook.pass() < 1)
                .map(outlook -> outlook.detector() + " " + chance(outlook.pass()))
                .collect(Collectors.joining(", "));
        return "P(PASS | unchanged) " + chance(forecast.pass()) + " at a margin of " + points(margin)
                + (each.isEmpty() ? "" : ": " + each);
    }

    private String advisory(Outlook outlook) {
        return outlook.detector() + " (" + String.join(", ", outlook.items().suites()) + "): cannot prove a margin of "
                + points(margin)
                + " on 9 of 10 unchanged nights. It gates all the same, and leaves the others INCONCLUSIVE, until it is named under"
                + " 'advisory' of gate.yaml; or take more cases or a larger margin";
    }

    static String points(double share) {
        return String.format(Locale.ROOT, "%.1f pp", 100 * share);
    }

    static String chance(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }
}
