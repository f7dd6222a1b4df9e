package dev.lockstep.cli;

import dev.lockstep.baseline.RunManifest;
import dev.lockstep.job.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a terminal shows after recording: the scores, where the answers lie, and how to go on.
 *
 * @param recorded the runs that were recorded just now
 * @param inAll how many runs are recorded under the lock
 * @param runs the folder of the runs
 */
record RecordingSummary(List<RunManifest> recorded, int inAll, Path runs, Refusals refusals, Commands commands) {
    private static final int FEWEST_STARTS = 4;

    RecordingSummary {
        recorded = List.copyOf(recorded);
    }

    /**
     * The commands to go on with, as they can be pasted.
     *
     * @param again records the next start of a server that Lockstep does not restart itself; empty when it does
     */
    record Commands(String show, String approve, Optional<String> again) {}

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("recorded:");
        recorded.forEach(run -> lines.add(RecordedRuns.line(run)));
        lines.addAll(refusals.lines());
        commands.again().filter(again -> inAll < FEWEST_STARTS).ifPresent(again -> lines.addAll(more(again)));
        lines.add("before you approve, look at the answers and at all that is recorded:");
        recorded.forEach(
                run -> lines.add("  " + new RunFolder(runs.resolve(run.header().runId())).log()));
        lines.add("  " + commands.show());
        lines.add("then, if this is how the stack should behave:");
        lines.add("  " + commands.approve());
        return String.join("\n", lines);
    }

    private List<String> more(String again) {
        return List.of(
                "starts recorded so far: " + inAll + "; " + FEWEST_STARTS
                        + " can prove that answers repeat bit by bit (by 300 comparisons of fingerprints), a noisy stack needs 7."
                        + " Restart your server, then:",
                "  " + again);
    }
}
