package dev.lockstep.stack;

import dev.lockstep.lock.FileTree;
import dev.lockstep.lock.Mirror;

/** The files of a model as some place lists them, or why it does not. */
public sealed interface ModelTree {

    /** They are known. */
    record Known(FileTree tree) implements ModelTree {}

    /** The place answers, and has no such revision. */
    record Gone(String why) implements ModelTree {}

    /** The place does not answer, or not to us. */
    record Silent(String why) implements ModelTree {}

    /** Compares two, as far as both are known. */
    static Mirror compare(ModelTree first, ModelTree second) {
        return switch (first) {
            case Known(FileTree one) ->
                switch (second) {
                    case Known(FileTree other) -> Mirror.between(one, other);
                    case Gone(String why) -> Mirror.unknown(Mirror.State.MISSING_REVISION, why);
                    case Silent(String why) -> Mirror.unknown(Mirror.State.UNREACHABLE, why);
                };
            case Gone(String why) -> Mirror.unknown(Mirror.State.MISSING_REVISION, why);
            case Silent(String why) -> Mirror.unknown(Mirror.State.UNREACHABLE, why);
        };
    }
}
