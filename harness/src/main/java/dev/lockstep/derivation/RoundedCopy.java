package dev.lockstep.derivation;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The same numbers, as near as the type of the derived tensor can hold them.
 *
 * @param place the row of the base that a row of the derived tensor comes from
 */
record RoundedCopy(NumberRows base, int count, IntUnaryOperator place) implements ExpectedRows {
    private static final int DIMENSIONS_OF_A_VIDEO_FILTER = 5;

    /** Copies all rows. */
    static RoundedCopy of(NumberRows base) {
        return new RoundedCopy(base, base.count(), IntUnaryOperator.identity());
    }

    /** Copies one frame of a filter with the dimensions output, colour, frame, row, column; all of any other tensor. */
    static RoundedCopy frame(NumberRows base, int frame) {
        List<Long> shape = base.shape();
        if (shape.size() != DIMENSIONS_OF_A_VIDEO_FILTER) {
            return of(base);
        }
        int frames = Math.toIntExact(shape.get(2));
        int height = Math.toIntExact(shape.get(3));
        return new RoundedCopy(
                base, base.count() / frames, row -> (row / height * frames + frame) * height + row % height);
    }

    @Override
    public int columns() {
        return base.columns();
    }

    @Override
    public ExpectedRow row(int index) {
        return new ExpectedRow(base.row(place.applyAsInt(index)), new double[base.columns()]);
    }
}
