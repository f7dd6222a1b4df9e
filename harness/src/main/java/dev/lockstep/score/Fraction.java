package dev.lockstep.score;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as people write it, exact: {@code -3}, {@code 0.5}, {@code 1/2}, {@code 50 %}, {@code 6.02e23}.
 *
 * <p>Thousands separators are refused: {@code 1,000} is a thousand to some and one to others.
 */
record Fraction(BigDecimal numerator, BigDecimal denominator) {
    private static final String DECIMAL =
            "[+\\-−]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?";
    private static final Pattern WHOLE = Pattern.compile("(" + DECIMAL + ")(?:\\s*/\\s*(" + DECIMAL + "))?\\s*(%)?");
    private static final Pattern PART = Pattern.compile("(?<![\\p{L}\\d_.,])[+\\-−]?\\.?\\d[\\d.,]*(?:[eE][+-]?\\d+)?"
            + "(?:\\s*/\\s*[+\\-−]?\\.?\\d[\\d.,]*)?(?:\\s*%)?");
    private static final Pattern FULL_STOP = Pattern.compile("[.,]+(?=$|\\s*[/%])");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Reads a text that is a number as a whole. */
    static Optional<Fraction> parse(String text) {
        Matcher matcher = WHOLE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal below = matcher.group(2) == null ? BigDecimal.ONE : decimal(matcher.group(2));
        BigDecimal scale = matcher.group(3) == null ? BigDecimal.ONE : HUNDRED;
        return below.signum() == 0
                ? Optional.empty()
                : Optional.of(new Fraction(decimal(matcher.group(1)), below.multiply(scale)));
    }

    /** Returns the last part of a text that looks like a number, whether or not it is one. */
    static Optional<String> lastIn(String text) {
        return PART.matcher(text)
                .results()
                .reduce((earlier, later) -> later)
                .map(result -> FULL_STOP.matcher(result.group()).replaceAll(""));
    }

    /** Tells whether two numbers differ by no more than a tolerance, without rounding. */
    boolean isWithin(BigDecimal tolerance, Fraction other) {
        BigDecimal difference = numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator));
        BigDecimal scale = denominator.multiply(other.denominator).abs();
        return difference.abs().compareTo(tolerance.multiply(scale)) <= 0;
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text.replace('−', '-'));
    }
}
