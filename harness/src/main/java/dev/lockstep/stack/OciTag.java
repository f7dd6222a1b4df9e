package dev.lockstep.stack;

/** What a tag of a registry stands for now. */
sealed interface OciTag {

    /** The manifest of a digest. */
    record Points(String digest) implements OciTag {}

    /** Nothing any more. */
    record Gone(String why) implements OciTag {}

    /** Nobody can tell what. */
    record Untold(String why) implements OciTag {}
}
