package dev.lockstep.interchange;

import dev.lockstep.lock.LockId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names inside a bill of materials that follow from the lock alone, so that the same lock gives the same bytes. */
final class BomIds {
    static final String STACK = "stack";
    static final String MODEL = "model";
    static final String ENGINE = "engine";

    private static final Pattern HEX = Pattern.compile("lk1-(.{8})(.{4}).(.{3})(.)(.{3})(.{12}).*");
    private static final String VARIANTS = "89ab";

    private BomIds() {}

    /** Returns a UUID of version 8 (RFC 9562: made in a way of our own) out of the first digits of the id. */
    static String serialNumber(LockId id) {
        Matcher hex = HEX.matcher(id.value());
        if (!hex.matches()) {
            throw new IllegalArgumentException(id + " is no lock id");
        }
        char variant = VARIANTS.charAt(Character.digit(hex.group(4).charAt(0), 16) % VARIANTS.length());
        return "urn:uuid:" + hex.group(1) + "-" + hex.group(2) + "-8" + hex.group(3) + "-" + variant + hex.group(5)
                + "-" + hex.group(6);
    }

    static String ofFile(String name) {
        return "file:" + name;
    }

    static String ofPackage(String name) {
        return "package:" + name;
    }
}
