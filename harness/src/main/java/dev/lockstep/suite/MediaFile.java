package dev.lockstep.suite;

import java.nio.file.Path;

/** A picture or a video that lies beside a suite, with the digest that the suite promises. */
public record MediaFile(String name, Kind kind, String mimeType, String sha256, Path path) {

    /** What a model sees in it. */
    public enum Kind {
        IMAGE,
        VIDEO
    }
}
