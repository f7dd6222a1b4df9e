package dev.lockstep;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package may use which others.
 *
 * <p>All may use {@code document}, which uses none. The first list is the design; the second is what the code needs beyond
 * it, each with its reason, and must be in use.
 */
enum PackageUse {
    DOCUMENT("", ""),
    LOCK("", ""),
    // No package of the design: locks as other tools read them, signatures of models.
    INTERCHANGE("", "lock"),
    // No package of the design: how a model came from another one.
    DERIVATION("", "lock"),
    // derivation: stack.yaml says how a model came about, and files are held against it. stats: log-probabilities are
    // compared with those of lock time by a test.
    STACK("client lock", "derivation stats"),
    // No package of the design: signed proof from the serving host. client: it may lie behind a URL. interchange: the
    // signature of a model lists digests.
    EVIDENCE("", "client interchange lock stack"),
    // lock: a suite names the layers that must be proven before it is asked.
    SUITE("", "lock"),
    CLIENT("", ""),
    // client: an answer is what a scorer scores.
    SCORE("suite", "client"),
    RUN("client agent suite", ""),
    STATS("", ""),
    // client: distances between runs are distances between answers.
    BASELINE("lock run score stats", "client"),
    // client: detectors compare answers. lock: a broken lock's verdict names layers.
    GATE("stats baseline run score", "client lock"),
    // evidence: it completes a verification.
    JOB("lock stack suite client agent score run stats baseline gate", "evidence"),
    // client, score, lock: reports show answers, their scores and the layers that moved. baseline: it compares answers.
    // stack: reports show how each replica was verified.
    REPORT("run suite gate job", "baseline client score lock stack"),
    // The two faces of the jobs put together what a job is given, and write the reports.
    JUNIT("lock stack suite client agent score run stats baseline gate job report", ""),
    CLI("lock stack suite client agent score run stats baseline gate job report", "evidence interchange");

    private static final Pattern BLANK = Pattern.compile(" ");

    private final String designed;
    private final String added;

    PackageUse(String designed, String added) {
        this.designed = designed;
        this.added = added;
    }

    Set<String> allowed() {
        String everywhere = this == DOCUMENT ? "" : "document";
        return Stream.of(designed, added, everywhere)
                .flatMap(PackageUse::words)
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> added() {
        return words(added).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> words(String list) {
        return BLANK.splitAsStream(list).filter(word -> !word.isEmpty());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
