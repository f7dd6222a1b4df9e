package dev.lockstep.lock;

/**
 * A part of a file that is hashed by itself, such as a tensor.
 *
 * @param offset bytes from the beginning of the file
 */
record Extent(long offset, long length) {

    long end() {
        return Math.addExact(offset, length);
    }
}
