package dev.lockstep.lock;

import java.util.List;

/**
 * One tensor of a GGUF file.
 *
 * @param shape elements per dimension, the fastest-moving first, as in the file
 * @param offset bytes from the beginning of the data section
 * @param bytes length of its data
 */
record GgufTensor(String name, GgmlType type, List<Long> shape, long offset, long bytes) {

    GgufTensor {
        shape = List.copyOf(shape);
    }

    long end() {
        return Math.addExact(offset, bytes);
    }
}
