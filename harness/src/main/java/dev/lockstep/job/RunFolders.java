package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.Epochs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The runs of one stack, each in a folder named by its start. */
final class RunFolders {
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Clock clock;

    RunFolders(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    static RunFolders of(RunRequest request, Workplace workplace) {
        return new RunFolders(workplace.runs(request.stack().name()), workplace.clock());
    }

    /** Names a new run; the folder is created, so that the name is taken. */
    RunFolder create() {
        createDirectory();
        String start = "run-" + START.format(clock.instant());
        Optional<RunFolder> created = tryCreate(start);
        for (int number = 1; created.isEmpty(); number++) {
            created = tryCreate(start + "-" + number);
        }
        return created.get();
    }

    private void createDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be created", e);
        }
    }

    private Optional<RunFolder> tryCreate(String name) {
        Path path = directory.resolve(name);
        try {
            Files.createDirectory(path);
            return Optional.of(new RunFolder(path));
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be created", e);
        }
    }

    /**
     * Returns the newest run with this plan, lock, epoch and as many requests at once that was cut short: nothing was made of it yet, no sample failed,
     * it did not end in an outage, and nobody is writing it. Under an unknown epoch nothing is resumed, for the server may be another one by now.
     */
    Optional<RunFolder> unfinished(Plan plan, String lockId, String epoch, int atOnce) {
        if (epoch.equals(Epochs.UNKNOWN) || !Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Predicate<RunHeader> wanted = wanted(plan, lockId, epoch, atOnce);
        int planned = plan.samples().size();
        try (Stream<Path> runs = Files.list(directory)) {
            return runs.sorted(Comparator.reverseOrder())
                    .map(RunFolder::new)
                    .filter(run -> Files.exists(run.log()) && !run.isFinished())
                    .filter(run -> isOf(run, wanted))
                    .filter(run -> isSound(run, planned))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be listed", e);
        }
    }

    private static Predicate<RunHeader> wanted(Plan plan, String lockId, String epoch, int atOnce) {
        String planHash = plan.hash();
        return header -> header.planHash().equals(planHash)
                && header.lockId().equals(lockId)
                && header.epoch().equals(epoch)
                && header.concurrency().orElse(atOnce) == atOnce;
    }

    private static boolean isOf(RunFolder run, Predicate<RunHeader> wanted) {
        return readable(() -> RunLog.readHeader(run.log())).filter(wanted).isPresent();
    }

    /** What an outage ended has nothing left to ask, and would end so for ever. */
    private static boolean isSound(RunFolder run, int planned) {
        return readable(() -> Optional.of(RunLog.read(run.log())))
                .filter(log ->
                        log.samples().values().stream().noneMatch(sample -> sample.outcome() == Sample.Outcome.FAILED))
                .filter(log -> log.samples().size() < planned || !log.endsInOutage())
                .isPresent();
    }

    /** A log that cannot be read is left alone: a new run is better than none. */
    private static <T> Optional<T> readable(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (LockstepException e) {
            return Optional.empty();
        }
    }
}
