package dev.lockstep.derivation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A type of tensors that holds plain floating-point numbers; safetensors and GGUF call them by the same names. */
enum NumberFormat {
    F32(Float.BYTES, 23, -126),
    F16(Short.BYTES, 10, -14),
    BF16(Short.BYTES, 7, -126);

    private final int bytes;
    private final int fractionBits;
    private final int leastExponent;

    NumberFormat(int bytes, int fractionBits, int leastExponent) {
        this.bytes = bytes;
        this.fractionBits = fractionBits;
        this.leastExponent = leastExponent;
    }

    static Optional<NumberFormat> of(String type) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(type))
                .findFirst();
    }

    int bytes() {
        return bytes;
    }

    /** Reads the next number of a little-endian buffer. */
    double next(ByteBuffer buffer) {
        return switch (this) {
            case F32 -> buffer.getFloat();
            case F16 -> Float.float16ToFloat(buffer.getShort());
            case BF16 -> Float.intBitsToFloat(buffer.getShort() << Short.SIZE);
        };
    }

    /** Returns half the distance of its neighbours: how far rounding to the nearest one moves a number at most. */
    double rounding(double number) {
        int exponent = Math.max(Math.getExponent(number), leastExponent);
        return Math.scalb(0.5, exponent - fractionBits);
    }
}
