package dev.lockstep.derivation;

import java.util.Random;

/** What tools compute when they derive a model, in double precision and written down on its own. */
final class Arithmetic {
    private Arithmetic() {}

    static double[][] random(long seed, int rows, int columns, double size) {
        Random random = new Random(seed);
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) {
            for (int column = 0; column < columns; column++) {
                row[column] = (float) (size * random.nextGaussian());
            }
        }
        return numbers;
    }

    static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int inner = 0; inner < right.length; inner++) {
                for (int column = 0; column < right[0].length; column++) {
                    product[row][column] += left[row][inner] * right[inner][column];
                }
            }
        }
        return product;
    }

    /** Returns a · first + b · second. */
    static double[][] sum(double a, double[][] first, double b, double[][] second) {
        double[][] sum = new double[first.length][first[0].length];
        for (int row = 0; row < sum.length; row++) {
            for (int column = 0; column < sum[row].length; column++) {
                sum[row][column] = a * first[row][column] + b * second[row][column];
            }
        }
        return sum;
    }

    /** Gives rows other lengths. */
    static double[][] ofLengths(double[][] rows, double[] lengths) {
        double[][] scaled = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            double length = Math.sqrt(dot(rows[row], rows[row]));
            scaled[row] = rows[row].clone();
            for (int column = 0; column < scaled[row].length; column++) {
                scaled[row][column] *= lengths[row] / length;
            }
        }
        return scaled;
    }

    static double[] lengths(double[][] rows) {
        double[] lengths = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            lengths[row] = (float) (1.1 * Math.sqrt(dot(rows[row], rows[row])));
        }
        return lengths;
    }

    /** Mixes as mergekit's function {@code slerp} does. */
    static double[][] slerp(double t, double[][] first, double[][] second) {
        double cosine = dot(first, second) / Math.sqrt(dot(first, first) * dot(second, second));
        if (Math.abs(cosine) > .9995) {
            return sum(1 - t, first, t, second);
        }
        double angle = Math.acos(cosine);
        return sum(Math.sin(angle - angle * t) / Math.sin(angle), first, Math.sin(angle * t) / Math.sin(angle), second);
    }

    private static double dot(double[][] first, double[][] second) {
        double sum = 0;
        for (int row = 0; row < first.length; row++) {
            sum += dot(first[row], second[row]);
        }
        return sum;
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int at = 0; at < first.length; at++) {
            sum += first[at] * second[at];
        }
        return sum;
    }
}
