package dev.lockstep.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The media formats that a suite may hold, told by the file's extension. */
enum MediaType {
    PNG("image/png", MediaFile.Kind.IMAGE),
    JPG("image/jpeg", MediaFile.Kind.IMAGE),
    JPEG("image/jpeg", MediaFile.Kind.IMAGE),
    MP4("video/mp4", MediaFile.Kind.VIDEO);

    private final String mimeType;
    private final MediaFile.Kind kind;

    MediaType(String mimeType, MediaFile.Kind kind) {
        this.mimeType = mimeType;
        this.kind = kind;
    }

    String mimeType() {
        return mimeType;
    }

    MediaFile.Kind kind() {
        return kind;
    }

    static Optional<MediaType> of(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.name().equals(extension))
                .findFirst();
    }
}
