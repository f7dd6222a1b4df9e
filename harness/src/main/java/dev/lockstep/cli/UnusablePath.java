package dev.lockstep.cli;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Says why a text is no path on this machine: for the letters in it, most often because the locale is C. */
final class UnusablePath {
    private static final String ENCODING = "sun.jnu.encoding";

    private UnusablePath() {}

    static String explain(InvalidPathException error) {
        String path = "'" + error.getInput().replace("\0", "\\0") + "'";
        String encoding = System.getProperty(ENCODING, "UTF-8");
        return Charset.forName(encoding).newEncoder().canEncode(error.getInput())
                ? path + " is no path: " + error.getReason() + "; correct it"
                : path + " cannot be opened: the locale of this process writes names of files in " + encoding
                        + ", which lacks a letter of it; set LC_ALL=C.UTF-8 and start the same command again";
    }

    /** Reads a path of the command line. */
    static Path orPath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(explain(e));
        }
    }
}
