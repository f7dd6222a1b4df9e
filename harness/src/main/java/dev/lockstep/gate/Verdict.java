package dev.lockstep.gate;

import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.stream.Collectors;

/** What a run says of its stack; exactly one of six answers, each with its exit code. */
public sealed interface Verdict {

    /** Returns the name in files, messages and tables: {@code PASS}. */
    String name();

    int exitCode();

    /** Returns why, one sentence each; the first is the headline. */
    List<String> reasons();

    /** Returns the layers that moved or cannot be ruled out, as {@link #naming()} says; empty when none is known. */
    default List<Layer> layers() {
        return List.of();
    }

    /** Returns in which sense {@link #layers()} are named, to stand before them: {@code moved}; empty when none is. */
    default String naming() {
        return "";
    }

    /** Returns name and layers in one line: {@code LOCK_BROKEN [moved: weights]}. */
    default String title() {
        return layers().isEmpty()
                ? name()
                : name() + " [" + naming() + ": "
                        + layers().stream().map(Layer::key).collect(Collectors.joining(", ")) + "]";
    }

    /** The stack is the locked one, and it behaves as its baseline. */
    record Pass(List<String> reasons) implements Verdict {
        public Pass {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String name() {
            return "PASS";
        }

        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** The lock holds, but behaviour differs from the baseline. */
    record Drift(Scope scope, List<Layer> layers, List<String> reasons) implements Verdict {
        public Drift {
            layers = List.copyOf(layers);
            reasons = List.copyOf(reasons);
        }

        /** Nothing ever proves the hardware, so where it is left alone, the other layers are no suspects at all. */
        @Override
        public String naming() {
            if (layers.isEmpty()) {
                return "";
            }
            return layers.equals(List.of(Layer.HARDWARE))
                    ? "every other layer that fits the evidence is proved to be the locked one; not proved"
                    : "cannot be ruled out";
        }

        @Override
        public String name() {
            return "DRIFT";
        }

        @Override
        public int exitCode() {
            return 1;
        }
    }

    /** How far a drift was seen: in one replica, or wherever it was looked for. */
    enum Scope {
        REPLICA,
        STACK
    }

    /** The stack that answers is not the locked one. */
    record LockBroken(List<Layer> layers, List<String> reasons) implements Verdict {
        public LockBroken {
            layers = List.copyOf(layers);
            reasons = List.copyOf(reasons);
        }

        @Override
        public String naming() {
            return "moved";
        }

        @Override
        public String name() {
            return "LOCK_BROKEN";
        }

        @Override
        public int exitCode() {
            return 2;
        }
    }

    /** There is not enough evidence to say "same", and none that says "different". */
    record Inconclusive(List<String> reasons) implements Verdict {
        public Inconclusive {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String name() {
            return "INCONCLUSIVE";
        }

        @Override
        public int exitCode() {
            return 3;
        }
    }

    /** The run itself failed: the infrastructure, or a plan that was not carried out. */
    record Invalid(List<String> reasons) implements Verdict {
        public Invalid {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String name() {
            return "INVALID";
        }

        @Override
        public int exitCode() {
            return 4;
        }
    }

    /** Nobody approved a baseline for this lock. */
    record NoBaseline(List<String> reasons) implements Verdict {
        public NoBaseline {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String name() {
            return "NO_BASELINE";
        }

        @Override
        public int exitCode() {
            return 5;
        }
    }
}
