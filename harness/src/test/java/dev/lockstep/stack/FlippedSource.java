package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** A locked model whose files are damaged, one random byte in each, and looked through again: all bytes of all files. */
final class FlippedSource {
    /** Headers and metadata are a small part of a file, and most of what there is to get wrong. */
    private static final int BEGINNING = 1 << 16;

    private final StackConfig config;
    private final Lock lock;
    private final List<Target> targets;

    private FlippedSource(StackConfig config, Lock lock, List<Target> targets) {
        this.config = config;
        this.lock = lock;
        this.targets = List.copyOf(targets);
    }

    /**
     * A file.
     *
     * @param owns which fields of a lock speak of it
     */
    record Target(Path file, Predicate<String> owns, FlipForecast.Forecaster forecaster) {

        /** A file of a folder, a snapshot or a manifest. */
        static Target of(Path file, String role, String path, FlipForecast.Forecaster forecaster) {
            String whole = role + ".file." + path;
            String key = role + "." + path + "#";
            String tensors = path.endsWith(".safetensors") ? role + ".tensors" : whole;
            return new Target(
                    file, field -> field.equals(whole) || field.equals(tensors) || field.startsWith(key), forecaster);
        }

        /** A GGUF file, all of a role. */
        static Target gguf(Path file, String role, FlipForecast.Forecaster forecaster) {
            return new Target(file, field -> field.startsWith(role + "."), forecaster);
        }
    }

    static FlippedSource of(StackConfig config, List<Target> targets) {
        Lock lock = new LockMaker(config.file().resolveSibling("home"), "").lock(config, Optional.empty());
        FlippedSource source = new FlippedSource(config, lock, targets);
        assertThat(source.mismatches()).isEmpty();
        return source;
    }

    int files() {
        return targets.size();
    }

    /** Changes one byte of each file, looks once, and puts all back. Returns how many were changed. */
    int flipEach(Random random) throws IOException {
        List<Flip> flips = new ArrayList<>();
        for (Target target : targets) {
            flips.add(Flip.draw(target, random));
        }
        try {
            for (Flip flip : flips) {
                flip.set(flip.after());
            }
            List<Check> found = mismatches();
            for (Flip flip : flips) {
                flip.requireFound(found);
            }
            assertThat(found)
                    .as("mismatches of files that nobody touched, with %s", flips)
                    .allMatch(check ->
                            targets.stream().anyMatch(target -> target.owns().test(check.field())));
            return flips.size();
        } finally {
            for (Flip flip : flips) {
                flip.set(flip.before());
            }
        }
    }

    private List<Check> mismatches() {
        return new FileChecks(lock, config.policies(), new ModelLayers())
                .onDisk(config).stream()
                        .filter(check -> check.outcome() == Check.Outcome.MISMATCH)
                        .toList();
    }

    private record Flip(Target target, long offset, byte before, byte after) {

        static Flip draw(Target target, Random random) throws IOException {
            long size = Files.size(target.file());
            long offset = random.nextLong(random.nextBoolean() ? size : Math.min(size, BEGINNING));
            ByteBuffer byteThere = ByteBuffer.allocate(1);
            try (FileChannel channel = FileChannel.open(target.file())) {
                channel.read(byteThere, offset);
            }
            byte before = byteThere.get(0);
            return new Flip(target, offset, before, (byte) (before ^ (1 + random.nextInt(255))));
        }

        /** Writes in place, so that a file of 98 MB costs no copy. */
        void set(byte value) throws IOException {
            try (FileChannel channel = FileChannel.open(target.file(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {value}), offset);
            }
        }

        void requireFound(Collection<Check> found) throws IOException {
            List<Check> mine = found.stream()
                    .filter(check -> target.owns().test(check.field()))
                    .toList();
            assertThat(mine).as("mismatches after %s", this).isNotEmpty();
            Set<Layer> broken = EnumSet.noneOf(Layer.class);
            mine.stream().filter(Check::breaksLock).map(Check::layer).forEach(broken::add);
            FlipForecast forecast = target.forecaster().of(offset, () -> Files.readAllBytes(target.file()));
            assertThat(forecast.allows(broken))
                    .as("%s: broken %s, foretold %s; %s", this, broken, forecast, mine)
                    .isTrue();
        }

        @Override
        public String toString() {
            return "byte " + offset + " of " + target.file() + " from " + before + " to " + after;
        }
    }
}
