package dev.lockstep.report;

import java.util.List;
import java.util.Locale;

/** Shapes of a plot whose horizontal places are percentages of its width and whose vertical ones are pixels. */
final class Svg {
    private Svg() {}

    /** Returns a plot as wide as its column. */
    static Html.Element plot(int height, String description, List<Html> parts) {
        return Html.tag("svg", parts)
                .with("width", "100%")
                .with("height", String.valueOf(height))
                .with("role", "img")
                .with("aria-label", description);
    }

    static Html.Element circle(double x, double y, int radius) {
        return Html.tag("circle").with("cx", percent(x)).with("cy", pixels(y)).with("r", String.valueOf(radius));
    }

    /** Returns a diamond; a shape of its own, so that it is told from a circle without colour. */
    static Html.Element diamond(double x, double y, Html... children) {
        return Html.tag("svg", Html.tag("path", children).with("d", "M0 -6L6 0L0 6L-6 0z"))
                .with("x", percent(x))
                .with("y", pixels(y))
                .with("overflow", "visible");
    }

    static Html.Element vertical(double x, double from, double to) {
        return line(x, from, x, to);
    }

    static Html.Element horizontal(double from, double to, double y) {
        return line(from, y, to, y);
    }

    static Html.Element text(double x, double y, String text) {
        return Html.tag("text", text).with("x", percent(x)).with("y", pixels(y));
    }

    private static Html.Element line(double x1, double y1, double x2, double y2) {
        return Html.tag("line")
                .with("x1", percent(x1))
                .with("y1", pixels(y1))
                .with("x2", percent(x2))
                .with("y2", pixels(y2));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
