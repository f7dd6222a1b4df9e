package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.gate.Goal;
import dev.lockstep.gate.Outlook;
import dev.lockstep.job.Cost;
import dev.lockstep.job.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan for people and for machines.
 *
 * @param margin the loss of score that would still be "the same"
 */
record PlanTable(Planning planning, Goal goal, double margin) {
    private static final List<String> TITLES =
            List.of("detector", "cases × repetitions", "samples", "judged by", "smallest change it finds");
    private static final double MINUTE = 60;

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(cost(planning.cost()));
        lines.addAll(planning.notes());
        if (planning.baseline().isEmpty()) {
            lines.add("no baseline is approved for " + planning.lockId()
                    + ": the noise is not known; record and approve runs, then ask again");
            return String.join("\n", lines);
        }
        lines.add("");
        lines.addAll(rows());
        lines.add("");
        lines.addAll(new PassLines(planning.passing(), margin).all());
        planning.outlooks().forEach(outlook -> goal(outlook).ifPresent(lines::add));
        return String.join("\n", lines);
    }

    private static String cost(Cost cost) {
        String known = cost.measured() == cost.samples()
                ? "measured in an approved run"
                : cost.measured() + " samples measured in an approved run, the others counted with their max_tokens";
        return String.format(
                Locale.ROOT,
                "%d samples of %d cases, about %,d generated tokens%s (%s)",
                cost.samples(),
                cost.cases(),
                cost.tokens(),
                time(cost),
                known);
    }

    private static String time(Cost cost) {
        return cost.seconds().isPresent() ? ", " + time(cost.seconds().getAsDouble()) : "";
    }

    private static String time(double seconds) {
        return seconds < MINUTE
                ? String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds))
                : String.format(Locale.ROOT, "%.1f minutes", seconds / MINUTE);
    }

    private List<String> rows() {
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        planning.outlooks().forEach(outlook -> rows.add(cells(outlook)));
        String form = "%-" + width(rows, 0) + "s %" + width(rows, 1) + "s  %" + width(rows, 2) + "s  %-"
                + width(rows, 3) + "s  %s";
        return rows.stream()
                .map(cells -> String.format(Locale.ROOT, form, cells.toArray()))
                .toList();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElseThrow();
    }

    private static List<String> cells(Outlook outlook) {
        return List.of(
                outlook.detector(),
                outlook.items().toString(),
                outlook.samples() == outlook.planned()
                        ? Integer.toString(outlook.samples())
                        : outlook.samples() + " of " + outlook.planned(),
                outlook.basis().isEmpty() ? "cannot decide" : outlook.basis(),
                outlook.sees());
    }

    private Optional<String> goal(Outlook outlook) {
        return outlook.needed().map(cases -> needs(outlook, cases));
    }

    private String needs(Outlook outlook, Outlook.Cases cases) {
        String effect = outlook.detector() + ": a loss of " + PassLines.points(goal.effect())
                + " is found with probability " + PassLines.chance(goal.power());
        if (cases.needed() <= cases.there()) {
            return effect
                    + String.format(Locale.ROOT, " by %,d cases, and %,d are planned", cases.needed(), cases.there());
        }
        double times = (double) cases.needed() / cases.there();
        return effect
                + String.format(
                        Locale.ROOT,
                        " by about %,d cases of this kind (%,d are planned): %s",
                        cases.needed(),
                        cases.there(),
                        cost(planning.cost(), outlook, times));
    }

    /** Other suites cost what they cost. */
    private static String cost(Cost cost, Outlook outlook, double times) {
        double factor = 1 + (times - 1) * outlook.samples() / cost.samples();
        String minutes = cost.seconds().isPresent()
                ? String.format(
                        Locale.ROOT,
                        " and %.1f minutes",
                        factor * cost.seconds().getAsDouble() / MINUTE)
                : "";
        return String.format(Locale.ROOT, "about %,d tokens%s in all", Math.round(factor * cost.tokens()), minutes);
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Cost cost = planning.cost();
        node.put("lockId", planning.lockId())
                .put("cases", cost.cases())
                .put("samples", cost.samples())
                .put("measured", cost.measured())
                .put("tokens", cost.tokens());
        cost.seconds().ifPresent(seconds -> node.put("seconds", seconds));
        node.put("effect", goal.effect()).put("power", goal.power()).put("margin", margin);
        if (planning.baseline().isPresent()) {
            node.put("passProbability", planning.passing().pass());
            planning.passing().notCounted().ifPresent(what -> node.put("notCounted", what));
        }
        planning.notes().forEach(node.withArray("notes")::add);
        var detectors = node.putArray("detectors");
        planning.outlooks().forEach(outlook -> {
            ObjectNode one = detectors.addObject();
            one.put("detector", outlook.detector())
                    .put("cases", outlook.items().cases())
                    .put("fewestRepetitions", outlook.items().fewest())
                    .put("mostRepetitions", outlook.items().most())
                    .put("samples", outlook.samples())
                    .put("planned", outlook.planned())
                    .put("basis", outlook.basis())
                    .put("sees", outlook.sees())
                    .put("passProbability", outlook.pass());
            outlook.smallest().ifPresent(smallest -> one.put("smallestLoss", smallest));
            outlook.needed()
                    .ifPresent(cases -> one.put("comparedCases", cases.there()).put("neededCases", cases.needed()));
        });
        return node;
    }
}
