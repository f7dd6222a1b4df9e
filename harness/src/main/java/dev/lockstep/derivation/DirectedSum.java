package dev.lockstep.derivation;

/**
 * A sum of low rank whose rows are given other lengths: m (W + s B A) / ‖W + s B A‖
 * (<a href="https://arxiv.org/abs/2402.09353">DoRA</a>).
 */
record DirectedSum(LowRankSum sum) implements ExpectedRows {
    @Override
    public int count() {
        return sum.count();
    }

    @Override
    public int columns() {
        return sum.columns();
    }

    @Override
    public ExpectedRow row(int index) {
        ExpectedRow direction = sum.row(index);
        double factor = sum.pair().length(index) / length(direction);
        double single = (8 + Math.log(direction.length())) * SINGLE;
        double[] numbers = new double[direction.length()];
        double[] slack = new double[direction.length()];
        for (int column = 0; column < numbers.length; column++) {
            numbers[column] = factor * direction.number(column);
            slack[column] = Math.abs(factor) * direction.slack(column)
                    + sum.stored().rounding(numbers[column])
                    + single * Math.abs(numbers[column]);
        }
        return new ExpectedRow(numbers, slack);
    }

    private static double length(ExpectedRow row) {
        double square = 0;
        for (int column = 0; column < row.length(); column++) {
            square += row.number(column) * row.number(column);
        }
        return Math.sqrt(square);
    }
}
