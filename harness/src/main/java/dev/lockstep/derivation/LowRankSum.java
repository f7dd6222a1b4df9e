package dev.lockstep.derivation;

/**
 * A matrix with a scaled product of low rank added: W + scale · B A (<a href="https://arxiv.org/abs/2106.09685">LoRA</a>).
 *
 * <p>Tools sum in single precision at least, and may round the product to the stored type before they add it.
 */
record LowRankSum(NumberRows base, LowRankPair pair, double scale, NumberFormat stored) implements ExpectedRows {
    @Override
    public int count() {
        return base.count();
    }

    @Override
    public int columns() {
        return base.columns();
    }

    @Override
    public ExpectedRow row(int index) {
        double[] numbers = base.row(index);
        double[] slack = new double[numbers.length];
        for (int column = 0; column < numbers.length; column++) {
            double product = 0;
            double size = Math.abs(numbers[column]);
            for (int rank = 0; rank < pair.rank(); rank++) {
                double term = scale * pair.term(index, rank, column);
                product += term;
                size += Math.abs(term);
            }
            numbers[column] += product;
            slack[column] = 2 * stored.rounding(product) + (pair.rank() + 2) * SINGLE * size;
        }
        return new ExpectedRow(numbers, slack);
    }
}
