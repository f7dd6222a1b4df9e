package dev.lockstep.cli;

import dev.lockstep.gate.Attribution;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.stack.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outcome of a verification, layer by layer, for a terminal. */
final class CheckTable {
    static final String NONE = "not applicable";

    private CheckTable() {}

    static String layers(Verification verification, boolean all) {
        return layers(verification, all, layer -> NONE);
    }

    /**
     * Returns a table of all layers.
     *
     * @param silence what to say of one of which nothing was checked
     */
    static String layers(Verification verification, boolean all, Function<Layer, String> silence) {
        List<String> lines = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            List<Check> checks = verification.checks().stream()
                    .filter(check -> check.layer() == layer)
                    .toList();
            lines.add(String.format(
                    Locale.ROOT, "%-19s %s", layer, checks.isEmpty() ? silence.apply(layer) : summary(checks)));
            checks.stream()
                    .filter(check -> all || check.outcome() == Check.Outcome.MISMATCH)
                    .map(CheckTable::line)
                    .forEach(lines::add);
        }
        unread(verification.checks()).forEach(note -> lines.add("not compared: " + note));
        verification.taken().forEach(lines::add);
        verification.refused().forEach(why -> lines.add("evidence refused: " + why));
        return String.join("\n", lines);
    }

    /** Returns where the difference comes from; empty when nothing is known to differ, or no clue was looked at. */
    static Optional<Attribution> attribution(Verification verification) {
        boolean hasMoved =
                !verification.broken().isEmpty() || !verification.doubts().isEmpty();
        return hasMoved ? Attribution.of(verification.checks()) : Optional.empty();
    }

    /** Returns what is said of files that stack.yaml names and that could not be read. */
    static List<String> unread(List<Check> checks) {
        return checks.stream()
                .filter(check -> check.step() == Check.Step.DISK && check.outcome() == Check.Outcome.UNVERIFIABLE)
                .map(Check::note)
                .filter(note -> !note.isEmpty())
                .distinct()
                .toList();
    }

    private static String summary(List<Check> checks) {
        return Arrays.stream(Check.Outcome.values())
                .filter(outcome -> count(checks, outcome) > 0)
                .map(outcome -> outcome + " " + count(checks, outcome))
                .collect(Collectors.joining(", "));
    }

    private static long count(List<Check> checks, Check.Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }

    private static String line(Check check) {
        String policy = check.policy() == Check.Policy.PIN ? "" : ", " + check.policy();
        String note = check.note().isEmpty() ? "" : " (" + check.note() + ")";
        return "    " + check.outcome() + " " + check.place() + policy + ": " + check.field() + ": " + check.values()
                + note;
    }

    static String conclusion(Verification verification) {
        if (!verification.broken().isEmpty()) {
            return "LOCK BROKEN: " + names(verification.broken());
        }
        if (!verification.belowFloor().isEmpty()) {
            return "could not be verified, but must be: " + names(verification.belowFloor());
        }
        if (!verification.refused().isEmpty()) {
            return "not verified, for evidence is refused";
        }
        return verification.doubts().isEmpty()
                ? "the stack is the locked one, as far as it can be seen"
                : "not verified, for it computes other log-probabilities than when it was locked, and nobody saw what computes"
                        + " them; `lockstep run` judges what it answers";
    }

    private static String names(List<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
