package dev.lockstep.gate;

import java.nio.file.Path;
import java.util.Optional;

/** The policy that judges a run, and where it was read. */
public record PolicyInForce(GatePolicy values, Source source) {

    /** Where a policy was read. */
    public sealed interface Source {
        /** Nowhere: there is no file, and the shipped values hold. */
        record Shipped() implements Source {}

        /** In the file that may stand beside a baseline. */
        record Stored(Path file) implements Source {}

        /** In the file that the user named. */
        record Named(Path file) implements Source {}
    }

    public static PolicyInForce shipped() {
        return new PolicyInForce(GatePolicy.defaults(), new Source.Shipped());
    }

    public PolicyInForce withJudging(GatePolicy.Judging other) {
        return new PolicyInForce(values.withJudging(other), source);
    }

    /** Returns the file as the user named it, else relative to the folder of the baseline; empty when there is none. */
    public Optional<Path> file() {
        return switch (source) {
            case Source.Shipped shipped -> Optional.empty();
            case Source.Stored stored -> Optional.of(stored.file().getFileName());
            case Source.Named named -> named();
        };
    }

    /** Returns the file that the user named; empty when the policy was found without. */
    public Optional<Path> named() {
        return source instanceof Source.Named named ? Optional.of(named.file()) : Optional.empty();
    }
}
