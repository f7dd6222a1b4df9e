package dev.lockstep.cli;

import dev.lockstep.lock.HashProgress;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tells a person how far a job is: one line that is overwritten on a terminal, one every few seconds elsewhere. */
final class Terminal {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean interactive;
    private final InstantSource clock;
    private final Spelling spelling;
    private Instant lastCount = Instant.EPOCH;
    private boolean countIsOpen;
    private int lastLength;

    Terminal(PrintWriter out, boolean interactive, InstantSource clock, Spelling spelling) {
        this.out = out;
        this.interactive = interactive;
        this.clock = clock;
        this.spelling = spelling;
    }

    /** Progress goes to the error stream, so that the output stays clean for machines; the start script says what it is. */
    static Terminal ofErrorStream(PrintWriter err, Spelling spelling) {
        boolean interactive = Boolean.getBoolean("lockstep.terminal");
        return new Terminal(err, interactive, InstantSource.system(), spelling);
    }

    /** Prints a line of its own. */
    synchronized void say(String line) {
        if (countIsOpen) {
            out.println();
            countIsOpen = false;
        }
        out.println(spelling.of(line));
        out.flush();
    }

    /**
     * Returns what counts the samples of one run and tells how many there are by now, from as many threads as like; those that were
     * there before are counted, too.
     */
    Consumer<Sample> asked(Plan plan) {
        int planned = plan.samples().size();
        AtomicInteger asked = new AtomicInteger();
        Instant start = clock.instant();
        return sample -> {
            int done = asked.incrementAndGet();
            boolean isNew = !sample.exchange().timing().queued().isBefore(start);
            if (isNew || done == planned) {
                count("asked", done, planned);
            }
        };
    }

    /** Returns what tells how many bytes of files have been hashed; of less than a gigabyte nobody waits to hear. */
    HashProgress hashing() {
        return all -> {
            Instant start = clock.instant();
            return done -> {
                if (all >= ByteRate.GIGABYTE) {
                    tell(ByteRate.line(done, all, Duration.between(start, clock.instant())), done >= all);
                }
            };
        };
    }

    /** Tells a count, seldom enough not to flood; the last one is always told. */
    void count(String what, int done, int all) {
        tell(what + " " + done + "/" + all, done >= all);
    }

    private synchronized void tell(String line, boolean isLast) {
        Instant now = clock.instant();
        Duration pause = interactive ? ON_TERMINAL : ELSEWHERE;
        if (!isLast && now.isBefore(lastCount.plus(pause))) {
            return;
        }
        lastCount = now;
        if (!interactive) {
            out.println(line);
        } else {
            out.print("\r" + padded(line) + (isLast ? System.lineSeparator() : ""));
            countIsOpen = !isLast;
        }
        out.flush();
    }

    /** Covers what is left of a longer line. */
    private String padded(String line) {
        int longer = countIsOpen ? lastLength - line.length() : 0;
        lastLength = line.length();
        return line + " ".repeat(Math.max(0, longer));
    }
}
