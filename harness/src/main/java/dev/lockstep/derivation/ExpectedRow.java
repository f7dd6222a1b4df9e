package dev.lockstep.derivation;

/** Numbers that a row should hold, and how far those of an honest tool may lie from them before it rounds its result. */
final class ExpectedRow {
    private final double[] numbers;
    private final double[] slack;

    /** Takes numbers, and the slack of each, which is not negative. */
    ExpectedRow(double[] numbers, double[] slack) {
        this.numbers = numbers;
        this.slack = slack;
    }

    int length() {
        return numbers.length;
    }

    double number(int column) {
        return numbers[column];
    }

    double slack(int column) {
        return slack[column];
    }
}
