package dev.lockstep.score;

/**
 * What one scorer says of one answer.
 *
 * @param scorer {@code name@version}
 * @param value 0 (wrong) to 1 (right)
 * @param detail why, in one sentence, for a person who reads the report
 */
public record Score(String scorer, double value, Outcome outcome, String detail) {

    /** How the scoring went; a failed sample has no score at all. */
    public enum Outcome {
        /** The answer could be judged. */
        SCORED,
        /** The answer has not the form that the scorer needs; its value is 0, and it is counted apart. */
        UNPARSEABLE,
        /** The stack refused a case reproducibly; its value is 0. */
        REFUSED
    }
}
