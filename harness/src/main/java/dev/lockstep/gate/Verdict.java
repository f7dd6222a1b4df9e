package dev.lockstep.gate;

import dev.lockstep.lock.Layer;
import java.util.List;

/** What a run says of its stack; exactly one of six answers, each with its exit code. */
public sealed interface Verdict {

    /** Returns the name in files, messages and tables: {@code PASS}. */
    String name();

    int exitCode();

    /** Returns why, one sentence each; the first is the headline. */
    List<String> reasons();

    /** Returns the layers that moved, or that the evidence points to; empty when none is known. */
    default List<Layer> layers() {
        return List.of();
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
