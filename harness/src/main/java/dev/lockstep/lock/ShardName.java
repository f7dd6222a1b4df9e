package dev.lockstep.lock;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The name of one file of a numbered set: {@code model-00002-of-00004.safetensors}.
 *
 * @param number from 1 to {@code count}
 */
record ShardName(String stem, int number, int count, String extension) {
    private static final Pattern FORM = Pattern.compile("(.+)-([0-9]{5})-of-([0-9]{5})\\.([a-z]+)");

    /** Reads a file's name or path; empty when it is none of a set. */
    static Optional<ShardName> of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        int count = Integer.parseInt(matcher.group(3));
        return number < 1 || number > count
                ? Optional.empty()
                : Optional.of(new ShardName(matcher.group(1), number, count, matcher.group(4)));
    }

    /** Returns the names of the whole set, this one included, in their order. */
    List<String> all() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(each -> String.format(Locale.ROOT, "%s-%05d-of-%05d.%s", stem, each, count, extension))
                .toList();
    }
}
