package dev.lockstep.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a probability above one half, as people write it: {@code .8}. */
final class Power implements ITypeConverter<Double> {
    private static final double HALF = .5;

    @Override
    public Double convert(String text) {
        double power = number(text);
        if (power > HALF && power < 1) {
            return power;
        }
        throw new TypeConversionException("'" + text + "' is no probability above .5 and below 1; write it as .8");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
