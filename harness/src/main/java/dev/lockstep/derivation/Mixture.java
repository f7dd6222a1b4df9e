package dev.lockstep.derivation;

/**
 * Two tensors added with weights.
 *
 * @param single how many roundings to single precision the weights may have gone through
 */
record Mixture(NumberRows first, NumberRows second, double ofFirst, double ofSecond, int single, NumberFormat stored)
        implements ExpectedRows {
    /** Tensors whose cosine lies above this are mixed in a straight line, as mergekit does it. */
    private static final double NEARLY_PARALLEL = .9995;

    /** Mixes in a straight line. */
    static Mixture linear(NumberRows first, NumberRows second, double share, NumberFormat stored) {
        return new Mixture(first, second, 1 - share, share, 4, stored);
    }

    /** Mixes along the arc between two tensors, each taken as one vector (Shoemake 1985), as mergekit does it. */
    static Mixture spherical(NumberRows first, NumberRows second, double t, NumberFormat stored) {
        double cosine = cosine(first, second);
        if (Double.isNaN(cosine) || Math.abs(cosine) > NEARLY_PARALLEL) {
            return linear(first, second, t, stored);
        }
        double angle = Math.acos(cosine);
        double sine = Math.sin(angle);
        return new Mixture(first, second, Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine, 64, stored);
    }

    private static double cosine(NumberRows first, NumberRows second) {
        double product = 0;
        double ofFirst = 0;
        double ofSecond = 0;
        for (int index = 0; index < first.count(); index++) {
            double[] a = first.row(index);
            double[] b = second.row(index);
            for (int column = 0; column < a.length; column++) {
                product += a[column] * b[column];
                ofFirst += a[column] * a[column];
                ofSecond += b[column] * b[column];
            }
        }
        return product / Math.sqrt(ofFirst * ofSecond);
    }

    @Override
    public int count() {
        return first.count();
    }

    @Override
    public int columns() {
        return first.columns();
    }

    @Override
    public ExpectedRow row(int index) {
        double[] numbers = first.row(index);
        double[] others = second.row(index);
        double[] slack = new double[numbers.length];
        for (int column = 0; column < numbers.length; column++) {
            double a = ofFirst * numbers[column];
            double b = ofSecond * others[column];
            numbers[column] = a + b;
            slack[column] = stored.rounding(a) + stored.rounding(b) + single * SINGLE * (Math.abs(a) + Math.abs(b));
        }
        return new ExpectedRow(numbers, slack);
    }
}
