package dev.lockstep.score;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which texts are compared: Unicode NFC without outer blanks, letter case kept or folded. */
final class PlainText {

    private PlainText() {}

    static String of(String text, boolean ignoreCase) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        return ignoreCase ? plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : plain;
    }
}
