package dev.lockstep.gate;

import dev.lockstep.run.SampleKey;
import java.util.List;

/** Compares one side of a run's behaviour with the baseline: a pure function of both. */
interface Detector {

    /** Returns the name that its findings carry. */
    String name();

    /** Returns what is different, judged by {@code repeats} where prompts that are asked again decide. */
    Finding find(Repeats repeats);

    /** Returns what would decide an own finding that decides nothing; empty when it says so itself. */
    default String remedy(Finding finding) {
        return "";
    }

    /** Returns the samples that differ, where prompts that are asked again decide; else none. */
    List<SampleKey> decidedByRepeats();

    /** Returns whether a difference is proved: it came back in every repeat, or is a refusal. */
    boolean isProved(SampleKey key, Repeats repeats);
}
