package dev.lockstep.derivation;

/** The numbers that a derived tensor should hold, row by row. */
interface ExpectedRows {
    /** How far a single precision of 24 bits moves a number of size 1 by rounding, at most. */
    double SINGLE = 0x1p-24;

    int count();

    int columns();

    ExpectedRow row(int index);
}
