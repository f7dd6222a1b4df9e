package dev.lockstep.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where a process looks.
 *
 * @param mounts later ones cover earlier ones of the same place
 */
record MountTable(List<Mount> mounts) {
    private static final Pattern LINE = Pattern.compile("\\d+ \\d+ (\\d+):(\\d+) \\S+ (\\S+) .*? - (\\S+) .*");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    MountTable {
        mounts = List.copyOf(mounts);
    }

    /**
     * A mounted file system.
     *
     * @param place where it lies, as this process finds it
     * @param device of the whole file system; on btrfs, files show another one
     */
    record Mount(Path place, String device, String type) {}

    /** Reads {@code /proc/<pid>/mountinfo}; knows of none where the system shows no such file. */
    static MountTable read(Path folder, Path root) throws IOException {
        Path file = folder.resolve("mountinfo");
        if (!Files.exists(file)) {
            return new MountTable(List.of());
        }
        return new MountTable(Files.readAllLines(file).stream()
                .flatMap(line -> mount(line, root).stream())
                .toList());
    }

    /** Returns the file system that a file lies on. */
    Optional<Mount> of(Path file) {
        return mounts.stream()
                .filter(mount -> file.startsWith(mount.place()))
                .reduce((one, other) ->
                        Comparator.comparingInt(MountTable::depth).compare(other, one) >= 0 ? other : one);
    }

    private static int depth(Mount mount) {
        return mount.place().getNameCount();
    }

    private static Optional<Mount> mount(String line, Path root) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String place = OCTAL.matcher(matcher.group(3))
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1), 8))));
        String device = MappedFile.device(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return Optional.of(new Mount(PathOrigin.below(root, Path.of(place)), device, matcher.group(4)));
    }
}
