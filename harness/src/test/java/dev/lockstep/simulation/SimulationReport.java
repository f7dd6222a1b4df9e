package dev.lockstep.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs all simulations, writes {@code statistics.md}, and checks the figures that must lie within bounds. */
final class SimulationReport {
    static final int OK = 0;
    static final int USAGE = 64;
    static final int OUT_OF_BOUNDS = 70;

    private static final long SEED = 20_261_122;
    private static final String QUICK = "--quick";
    private static final String PAGE = "statistics.md";

    private static final String TOY =
            "The toy model has 40 tokens and logits that depend on prompt and last two tokens; changed"
                    + " weights move all logits along a random direction, by a given mean divergence (KL, in nats a token). The noise floor σ"
                    + " is added to each logit in each call. What is simulated orders methods and plans sizes; it promises nothing about a"
                    + " real model.";

    private static final List<Supplier<Simulation>> SIMULATIONS = List.of(
            PeerScoreTable::new,
            PeerScoreNights::new,
            PeerOutputNights::new,
            ExactTestTable::new,
            RunLevelTable::new,
            LogprobPowerTable::new,
            FingerprintPowerTable::new,
            SamplePowerTable::new,
            ScorePowerTable::new,
            BaselineLuckTable::new,
            RetryTable::new,
            JointTable::new,
            PassTable::new);

    private SimulationReport() {}

    /**
     * Writes the page.
     *
     * @param args the output folder, then {@code --quick} for a hundredth of the work
     */
    public static void main(String[] args) throws IOException {
        System.exit(run(List.of(args), System.err));
    }

    /** Returns the exit code: 0, 64 for wrong arguments, 70 when a figure is out of bounds. */
    static int run(List<String> args, PrintStream messages) throws IOException {
        boolean quick = args.size() == 2 && args.getLast().equals(QUICK);
        if (args.isEmpty() || args.getFirst().startsWith("-") || (args.size() > 1 && !quick)) {
            messages.println("simulation: expected an output folder, then nothing or " + QUICK + ", not " + args);
            return USAGE;
        }
        List<Chapter> chapters = chapters(new Effort(SEED, quick), messages);
        Path folder = Files.createDirectories(Path.of(args.getFirst()));
        Files.writeString(folder.resolve(PAGE), page(chapters, quick));
        return quick ? OK : check(chapters, messages);
    }

    private static List<Chapter> chapters(Effort effort, PrintStream messages) {
        List<Chapter> chapters = new ArrayList<>();
        for (Supplier<Simulation> simulation : SIMULATIONS) {
            Chapter chapter = simulation.get().run(effort);
            messages.println("simulation: " + chapter.title());
            chapters.add(chapter);
        }
        return chapters;
    }

    /** Names every figure out of bounds. */
    static int check(List<Chapter> chapters, PrintStream messages) {
        List<Figure> wrong = chapters.stream()
                .flatMap(chapter -> chapter.figures().stream())
                .filter(figure -> !figure.holds())
                .toList();
        wrong.forEach(figure -> messages.println("simulation: out of bounds: " + figure));
        return wrong.isEmpty() ? OK : OUT_OF_BOUNDS;
    }

    private static String page(List<Chapter> chapters, boolean quick) {
        String effort = quick
                ? "A quick run with a hundredth of the repetitions: the figures mean nothing."
                : "Bounds that were checked stand at the end; the command ends with exit code 70 when one does not hold.";
        String origin =
                "Written by `scripts/acceptance simulation` with seed " + SEED + ", the same on any number of threads. "
                        + effort + " What the words mean, and what follows, stands in [statistics](../statistics.md).";
        return "# The statistics, simulated\n\n" + Prose.wrapped(origin) + "\n\n" + Prose.wrapped(TOY) + "\n\n"
                + chapters.stream().map(Chapter::markdown).collect(Collectors.joining("\n"))
                + bounds(chapters);
    }

    private static String bounds(List<Chapter> chapters) {
        return chapters.stream()
                .flatMap(chapter -> chapter.figures().stream())
                .map(figure -> "* " + figure + "\n")
                .collect(Collectors.joining("", "\n## Bounds\n\n", ""));
    }
}
