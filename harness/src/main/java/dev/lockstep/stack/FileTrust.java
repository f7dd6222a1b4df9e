package dev.lockstep.stack;

import dev.lockstep.lock.PathTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether what lies on the disk now is what a process read when it started.
 *
 * <p>A file that it maps must be that very one, by device and inode. Of any other, nothing on the way to it may have been put
 * there since the start: no link, no folder, and not the file. The time of the last change (ctime) tells, which programs cannot
 * set.
 */
record FileTrust(LocalProcess process) {
    private static final String DEVICE = "unix:dev";
    private static final String IDENTITY = "unix:dev,ino";

    /** Returns why the file proves nothing about the process; empty when it does. */
    Optional<String> doubt(Path file) {
        try {
            PathTrail trail = PathTrail.of(file, process.origin().root());
            Path real = trail.end();
            if (!isSame(file, real)) {
                return Optional.of(file + " leads elsewhere here than for " + process
                        + ", which has another root; name the file itself there, without links");
            }
            if (changedSinceStart(real)) {
                return Optional.of(real + " changed after " + process + " started; restart it");
            }
            return process.maps(real) ? Optional.empty() : doubtOfUnmapped(file, trail);
        } catch (IOException e) {
            return Optional.of(file + " cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> doubtOfUnmapped(Path file, PathTrail trail) throws IOException {
        Optional<MappedFile> other = process.mappedAs(names(file, trail.end()));
        if (other.isPresent()) {
            return Optional.of(earlier(other.get(), trail.end()));
        }
        for (Path link : trail.links()) {
            if (changedSinceStart(link)) {
                return Optional.of("the link " + link + " was set after " + process + " started; restart it");
            }
        }
        for (Path folder : trail.folders()) {
            if (mayHaveBeenMoved(folder)) {
                return Optional.of("the folder " + folder + " may have been put there after " + process
                        + " started, which does not map " + file + "; restart it");
            }
        }
        return Optional.empty();
    }

    private static Set<String> names(Path file, Path real) {
        return new TreeSet<>(List.of(String.valueOf(file.getFileName()), String.valueOf(real.getFileName())));
    }

    private String earlier(MappedFile held, Path real) {
        return held.path().equals(real)
                ? process + " holds an earlier file of this name; restart it"
                : process + " holds " + held.path() + ", not " + real + "; restart it";
    }

    /** Who moves a folder changes it and the one around it; entries come and go in one of them alone. */
    private boolean mayHaveBeenMoved(Path folder) throws IOException {
        Path around = folder.getParent();
        return around != null
                && changedSinceStart(folder)
                && changed(around).isAfter(process.started())
                && !isMounted(folder, around)
                && !process.isAnchoredIn(folder);
    }

    /** A place where something is mounted cannot be moved. */
    private static boolean isMounted(Path folder, Path around) throws IOException {
        return !Files.getAttribute(folder, DEVICE).equals(Files.getAttribute(around, DEVICE));
    }

    private boolean changedSinceStart(Path file) throws IOException {
        return changed(file, LinkOption.NOFOLLOW_LINKS).isAfter(process.started());
    }

    private static Instant changed(Path file, LinkOption... options) throws IOException {
        return ((FileTime) Files.getAttribute(file, "unix:ctime", options)).toInstant();
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.readAttributes(one, IDENTITY).equals(Files.readAttributes(other, IDENTITY));
    }
}
