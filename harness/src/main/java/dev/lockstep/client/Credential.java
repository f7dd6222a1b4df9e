package dev.lockstep.client;

import java.nio.file.Path;

/** Where the bearer token of an endpoint comes from. */
public sealed interface Credential {

    /** No token is sent. */
    record None() implements Credential {}

    /** A file, read again for each request so that a rotated token is taken up. */
    record TokenFile(Path file) implements Credential {}

    /** An environment variable. */
    record TokenVariable(String name) implements Credential {}
}
