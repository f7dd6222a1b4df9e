package dev.lockstep.gate;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one detector will see of a plan.
 *
 * @param detector as findings name it
 * @param items what is planned for it
 * @param samples that it compares
 * @param planned samples, of which the baseline may lack some
 * @param basis what will decide; empty when nothing can yet
 * @param sees the smallest change that it finds, or what it needs before it can find any
 * @param pass the probability that it lets an unchanged stack pass; 0 when it cannot decide
 * @param smallest loss of mean score that it finds; empty for tokens and log-probabilities
 * @param needed cases for the goal, where scores are compared
 */
public record Outlook(
        String detector,
        Items items,
        int samples,
        int planned,
        String basis,
        String sees,
        double pass,
        OptionalDouble smallest,
        Optional<Cases> needed) {

    /**
     * How many cases a goal takes; asking one of them again makes no other of it.
     *
     * @param there those of the plan
     */
    public record Cases(int needed, int there) {}
}
