package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.RunHeader;
import java.util.List;

/**
 * In which ways a run was asked that are not its baseline's, so that its answers would differ without any layer to blame.
 *
 * @param sentences one for each way, with its remedy; empty when the run was asked like its baseline, as far as both tell
 */
record AskedOtherwise(List<String> sentences) {

    AskedOtherwise {
        sentences = List.copyOf(sentences);
    }

    static AskedOtherwise than(Baseline baseline, RunHeader tonight) {
        List<RunHeader> approved =
                baseline.runs().stream().map(run -> run.manifest().header()).toList();
        if (approved.stream().anyMatch(run -> run.isAskedUnlike(tonight))) {
            return new AskedOtherwise(
                    List.of(
                            RunResult.ASKED_OTHERWISE + " ('request' or 'model' of stack.yaml, or the form that videos"
                                    + " are sent in, changed), so no answer can be compared; put it back, or record and approve a new baseline"));
        }
        return new AskedOtherwise(approved.stream()
                .filter(run -> run.isAskedUnderOtherLoadThan(tonight))
                .limit(1)
                .map(run -> load(
                        run.concurrency().orElseThrow(), tonight.concurrency().orElseThrow()))
                .toList());
    }

    boolean isSo() {
        return !sentences.isEmpty();
    }

    private static String load(int then, int now) {
        return RunResult.ASKED_OTHERWISE + " ('concurrency' of stack.yaml is " + now + ", it was " + then
                + "): how many requests a server answers at once decides its noise, so no answer can be compared; put it"
                + " back, or record and approve a new baseline";
    }
}
