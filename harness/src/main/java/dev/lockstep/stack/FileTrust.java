package dev.lockstep.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Whether what lies on the disk now is what a process read when it started.
 *
 * <p>A mapped file must be the same inode; and no file may have changed (ctime, which programs cannot set) since the start.
 */
record FileTrust(LocalProcess process) {

    /** Returns why the file proves nothing about the process; empty when it does. */
    Optional<String> doubt(Path file) {
        try {
            Path real = file.toRealPath();
            Optional<MappedFile> mapping = process.mapping(real);
            if (mapping.isPresent() && !mapping.get().is(real)) {
                return Optional.of(process + " holds an earlier file of this name; restart it");
            }
            return changedSinceStart(real) || changedSinceStart(file)
                    ? Optional.of(real + " changed after " + process + " started; restart it")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of(file + " cannot be read: " + e.getMessage());
        }
    }

    /** A link that was set anew may lead to an old file. */
    private boolean changedSinceStart(Path file) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        return changed.toInstant().isAfter(process.started());
    }
}
