package dev.lockstep.derivation;

/**
 * A matrix and a change of rank one, as an edit of one fact makes it (<a href="https://arxiv.org/abs/2202.05262">ROME</a>).
 *
 * <p>Which change is read off the derived matrix: its row and its column through the largest number of the difference, from
 * which all others follow.
 */
final class RankOne implements ExpectedRows {
    /** What products of two errors add to a bound that takes one at a time. */
    private static final double SECOND_ORDER = 1.1;

    private final NumberRows before;
    private final NumberRows after;
    private int column;
    /** The row of the difference that holds its largest number, and how far rounding may have moved each in it. */
    private double[] change;

    private double[] errors;

    RankOne(NumberRows before, NumberRows after) {
        this.before = before;
        this.after = after;
        this.change = new double[before.columns()];
        this.errors = new double[before.columns()];
        for (int index = 0; index < before.count(); index++) {
            double[] difference = difference(before.row(index), after.row(index));
            int largest = largest(difference);
            if (Math.abs(difference[largest]) > Math.abs(change[column])) {
                column = largest;
                change = difference;
                errors = errors(after, index);
            }
        }
    }

    @Override
    public int count() {
        return before.count();
    }

    @Override
    public int columns() {
        return before.columns();
    }

    @Override
    public ExpectedRow row(int index) {
        double[] numbers = before.row(index);
        double[] slack = new double[numbers.length];
        if (change[column] == 0) {
            return new ExpectedRow(numbers, slack);
        }
        double found = after.row(index)[column];
        double factor = (found - numbers[column]) / change[column];
        double ofFactor =
                (after.format().rounding(found) + Math.abs(factor) * errors[column]) / Math.abs(change[column]);
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] += factor * change[at];
            slack[at] = SECOND_ORDER * (Math.abs(factor) * errors[at] + Math.abs(change[at]) * ofFactor);
        }
        return new ExpectedRow(numbers, slack);
    }

    private static double[] difference(double[] before, double[] after) {
        double[] change = new double[before.length];
        for (int at = 0; at < change.length; at++) {
            change[at] = after[at] - before[at];
        }
        return change;
    }

    private static int largest(double[] numbers) {
        int largest = 0;
        for (int at = 1; at < numbers.length; at++) {
            largest = Math.abs(numbers[at]) > Math.abs(numbers[largest]) ? at : largest;
        }
        return largest;
    }

    private static double[] errors(NumberRows after, int index) {
        double[] errors = after.row(index);
        for (int at = 0; at < errors.length; at++) {
            errors[at] = after.format().rounding(errors[at]);
        }
        return errors;
    }
}
