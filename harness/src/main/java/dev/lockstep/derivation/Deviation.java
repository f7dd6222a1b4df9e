package dev.lockstep.derivation;

import java.util.Locale;
import java.util.Optional;

/**
 * A number that is not what the derivation makes of its base.
 *
 * @param row from 0
 * @param column from 0
 * @param allowed how far rounding may have moved it
 */
record Deviation(String tensor, int row, int column, double found, double expected, double allowed) {

    /** Returns the number of a tensor that lies farthest beyond what rounding does; empty when none does. */
    static Optional<Deviation> worst(String tensor, NumberRows found, ExpectedRows expected) {
        Deviation worst = null;
        for (int row = 0; row < found.count(); row++) {
            double[] numbers = found.row(row);
            ExpectedRow right = expected.row(row);
            for (int column = 0; column < numbers.length; column++) {
                double wanted = right.number(column);
                double allowed = found.format().rounding(wanted) + right.slack(column);
                double excess = excess(numbers[column], wanted, allowed);
                if (excess > 1 && (worst == null || excess > worst.excess())) {
                    worst = new Deviation(tensor, row, column, numbers[column], wanted, allowed);
                }
            }
        }
        return Optional.ofNullable(worst);
    }

    /** Returns how many times what is allowed it is off. */
    double excess() {
        return excess(found, expected, allowed);
    }

    private static double excess(double found, double expected, double allowed) {
        if (Double.compare(found, expected) == 0) {
            return 0;
        }
        double off = Math.abs(found - expected) / allowed;
        return Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "'%s', which at row %d, column %d holds %.6g, where %.6g is right, give or take %.2g",
                tensor,
                row,
                column,
                found,
                expected,
                allowed);
    }
}
