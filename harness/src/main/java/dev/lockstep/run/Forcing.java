package dev.lockstep.run;

import java.util.List;
import java.util.Optional;

/** Makes a stack score the tokens of the baseline where it chose others, so that log-probabilities stay comparable. */
public interface Forcing {
    /** Asks nothing: for engines that cannot, and for prompts whose log-probabilities nobody compares. */
    Forcing NONE = (planned, sample) -> List.of();

    /** Asks what is needed beside a sample that was answered. */
    List<ForcedExchange> force(PlannedSample planned, Sample sample);

    /** The answers of the baseline. */
    @FunctionalInterface
    interface Reference {
        /** A baseline that is still to be made. */
        Reference NONE = planned -> Optional.empty();

        /** Returns the sample that the baseline holds of the same case; empty when it holds none. */
        Optional<Sample> of(PlannedSample planned);
    }
}
