package dev.lockstep.lock;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way in which safetensors stores numbers; names and sizes after the reference implementation, {@code Dtype}. */
enum SafetensorsType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    SafetensorsType(int bits) {
        this.bits = bits;
    }

    static Optional<SafetensorsType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * Returns how many bytes a tensor of this shape takes; empty when they are not whole.
     *
     * @throws ArithmeticException when that is beyond a long
     */
    Optional<Long> bytes(List<Long> shape) {
        long all = Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), bits);
        return all % Byte.SIZE == 0 ? Optional.of(all / Byte.SIZE) : Optional.empty();
    }
}
