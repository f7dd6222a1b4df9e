package dev.lockstep.cli;

import dev.lockstep.job.RunRequest;
import picocli.CommandLine.Option;

/** The option that says how much of the model's files is read. */
final class TierOption {
    @Option(names = "--tier", paramLabel = "TIER", description = TierName.DESCRIPTION)
    private TierName tier = TierName.FULL;

    RunRequest over(RunRequest request) {
        return request.withTier(tier.tier());
    }
}
