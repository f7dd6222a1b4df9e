package dev.lockstep.document;

/** What an error is about, so that failures can be counted by kind. */
public enum ErrorKind {
    /** A file or an option that a person wrote. */
    CONFIG,
    /** A broken lock: another stack answers, or a file holds another lock than its name or folder says. */
    LOCK,
    /** A server that does not answer, or not as its protocol says. */
    ENDPOINT,
    /** A wait that ended without an answer. */
    TIMEOUT,
    /** A scorer that cannot work on what it was given. */
    SCORER,
    /** A baseline that is missing, incomplete or not the approved one. */
    BASELINE,
    /** What the machine lacks: a JDK, Maven, Python, ffmpeg, room on the disk, the right to write. */
    PREREQUISITE
}
