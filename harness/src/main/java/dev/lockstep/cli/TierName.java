package dev.lockstep.cli;

import dev.lockstep.lock.Tier;
import java.security.SecureRandom;
import java.util.Locale;

/** How much of the model's files is read, as options name it. */
enum TierName {
    FULL,
    CACHED,
    SAMPLED;

    /** How options describe it. */
    static final String DESCRIPTION =
            "How much of the model's files is read: full; cached (large files that did not change since"
                    + " they were read in full are not read again); sampled (some chunks of large files, which proves nothing of the"
                    + " others); default: ${DEFAULT-VALUE}.";

    /** Returns the tier; nobody who changes a file can know the chunks of a sample beforehand. */
    Tier tier() {
        return switch (this) {
            case FULL -> new Tier.Full();
            case CACHED -> new Tier.Cached();
            case SAMPLED -> new Tier.Sampled(Tier.Sampled.SHIPPED_CHUNKS, new SecureRandom().nextLong());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
