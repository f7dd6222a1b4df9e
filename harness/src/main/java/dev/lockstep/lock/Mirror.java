package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How two copies of a model differ, file by file.
 *
 * @param why what is wrong with a side that could not be read; else empty
 * @param differences in the order of their paths; a difference in a note does not count
 */
public record Mirror(State state, String why, List<Difference> differences) {

    public Mirror {
        differences = List.copyOf(differences);
    }

    /** What a mirror is good for. */
    public enum State {
        /** Every file that an engine loads is the same. */
        IN_SYNC,
        /** The weights are the same, but configuration, tokenizer or templates are not: the classic accident. */
        WEIGHTS_ONLY,
        /** All but the weights is the same. */
        CONFIG_ONLY,
        /** Neither is the same. */
        OUT_OF_SYNC,
        /** One side does not know the revision. */
        MISSING_REVISION,
        /** One side does not answer. */
        UNREACHABLE
    }

    /** What is wrong with a file. */
    public enum Kind {
        DIFFERS,
        ONLY_IN_FIRST,
        ONLY_IN_SECOND,
        /** One side knows it by SHA-256, the other by git's id alone: compare with the files themselves. */
        INCOMPARABLE
    }

    /** What a file is for. */
    public enum Part {
        WEIGHTS,
        CONFIGURATION,
        NOTE
    }

    /** A file that is not the same on both sides. */
    public record Difference(String path, Part part, Kind kind) {}

    /** Compares all files of two trees. */
    public static Mirror between(FileTree first, FileTree second) {
        List<Difference> differences = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(first.files().keySet());
        paths.addAll(second.files().keySet());
        for (String path : paths) {
            TreeFile one = first.files().get(path);
            TreeFile other = second.files().get(path);
            if (one == null || other == null) {
                differences.add(difference(path, one == null ? Kind.ONLY_IN_SECOND : Kind.ONLY_IN_FIRST));
                continue;
            }
            switch (one.compare(other)) {
                case SAME -> {}
                case DIFFERENT -> differences.add(difference(path, Kind.DIFFERS));
                case INCOMPARABLE -> differences.add(difference(path, Kind.INCOMPARABLE));
            }
        }
        return new Mirror(state(differences), "", differences);
    }

    /** Returns what is said when a side could not be read. */
    public static Mirror unknown(State state, String why) {
        return new Mirror(state, why, List.of());
    }

    private static Difference difference(String path, Kind kind) {
        return new Difference(path, part(path), kind);
    }

    private static Part part(String path) {
        if (FileUse.of(path).layers().isEmpty()) {
            return Part.NOTE;
        }
        return ModelFolder.isWeights(path) ? Part.WEIGHTS : Part.CONFIGURATION;
    }

    private static State state(List<Difference> differences) {
        boolean weights = differences.stream().anyMatch(each -> each.part() == Part.WEIGHTS);
        boolean configuration = differences.stream().anyMatch(each -> each.part() == Part.CONFIGURATION);
        if (weights) {
            return configuration ? State.OUT_OF_SYNC : State.CONFIG_ONLY;
        }
        return configuration ? State.WEIGHTS_ONLY : State.IN_SYNC;
    }
}
