package dev.lockstep.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs, as its manifest has it. */
final class PackagedVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "lockstep "
                    + Optional.ofNullable(PackagedVersion.class.getPackage().getImplementationVersion())
                            .orElse("of classes that are not packaged")
        };
    }
}
