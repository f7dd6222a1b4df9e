package dev.lockstep.score;

/**
 * A text that lets a pattern look at it only so often.
 *
 * <p>A backtracking pattern may need exponentially many looks. Counting them, not milliseconds, gives the same score on every
 * machine.
 */
final class BoundedText implements CharSequence {
    /** Looks that a pattern has for one answer. */
    static final int MOST_LOOKS = 5_000_000;

    private final String text;
    private int looks;

    BoundedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        looks++;
        if (looks > MOST_LOOKS) {
            throw new TooManyLooksException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A pattern has used up its looks. */
    static final class TooManyLooksException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyLooksException() {
            super("more than " + MOST_LOOKS + " looks at the text");
        }
    }
}
