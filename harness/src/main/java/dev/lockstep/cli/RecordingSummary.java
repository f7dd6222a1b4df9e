package dev.lockstep.cli;

import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.job.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a terminal shows after recording: the scores, where the answers lie, and how to go on.
 *
 * @param recorded the runs that were recorded just now
 * @param noise what is known of the noise between all runs of these suites that are recorded under the lock
 * @param runs the folder of the runs
 */
record RecordingSummary(
        List<RunManifest> recorded, List<Calibration> noise, Path runs, Refusals refusals, Commands commands) {

    RecordingSummary {
        recorded = List.copyOf(recorded);
        noise = List.copyOf(noise);
    }

    /** The commands to go on with, as they can be pasted. */
    record Commands(String show, String approve, Again again) {}

    /**
     * How more runs are recorded.
     *
     * @param restarts whether Lockstep starts the server anew for each run; else a person does, and records one at a time
     * @param command the command that records so many runs
     */
    record Again(boolean restarts, IntFunction<String> command) {}

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("recorded:");
        recorded.forEach(run -> lines.add(RecordedRuns.line(run)));
        lines.addAll(refusals.lines());
        lines.addAll(more());
        lines.add("before you approve, look at the answers and at all that is recorded:");
        recorded.forEach(
                run -> lines.add("  " + new RunFolder(runs.resolve(run.header().runId())).log()));
        lines.add("  " + commands.show());
        lines.add("then, if this is how the stack should behave:");
        lines.add("  " + commands.approve());
        return String.join("\n", lines);
    }

    private List<String> more() {
        int there = noise.stream().mapToInt(Calibration::runs).max().orElse(0);
        int needed = Calibration.runsNeeded(noise);
        if (needed <= there) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("runs: " + there + " of the " + needed + " that these suites need to know their noise:");
        noise.stream()
                .filter(each -> each.runsNeeded() > there)
                .forEach(each -> lines.add("  " + each + ": " + each.missing()));
        Again again = commands.again();
        lines.add(again.restarts() ? "record the others:" : "restart your server, then:");
        lines.add("  " + again.command().apply(again.restarts() ? needed - there : 1));
        return lines;
    }
}
