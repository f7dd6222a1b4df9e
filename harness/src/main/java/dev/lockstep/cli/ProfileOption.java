package dev.lockstep.cli;

import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.run.Profile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how much is asked. */
final class ProfileOption {

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "How much to ask: smoke (suites of role fingerprint alone), nightly (all but cases tagged weekly) or"
                            + " weekly (all); default: that of gate.yaml, else nightly.")
    private @Nullable Profile profile;

    Profile or(PolicyInForce policy) {
        return Objects.requireNonNullElse(profile, policy.values().profile());
    }
}
