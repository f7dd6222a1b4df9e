package dev.lockstep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share between 0 and 1, as people write it: {@code 2pp}, {@code 2%}, {@code .02}. */
final class Share implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d*\\.?\\d+)\\s*(pp|%)?");

    @Override
    public Double convert(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            double number = Double.parseDouble(matcher.group(1));
            double share = matcher.group(2) == null ? number : number / 100;
            if (share > 0 && share < 1) {
                return share;
            }
        }
        throw new TypeConversionException("'" + text + "' is no share above 0 and below 1; write it as 2pp, 2% or .02");
    }
}
