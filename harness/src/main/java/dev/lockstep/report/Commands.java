package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands that a report gives, whole: pasted where the run was started, they mean the same stack, suites and server. */
final class Commands {
    private final RunResult.Place place;
    private final Optional<String> profile;

    /** Takes the profile where it is not that of the policy. */
    Commands(RunResult.Place place, Optional<String> profile) {
        this.place = place;
        this.profile = profile;
    }

    static Commands of(RunResult result) {
        String usual = result.policy().values().profile().key();
        return new Commands(result.place(), Optional.of(result.profile()).filter(named -> !named.equals(usual)));
    }

    String verify() {
        return line(List.of("verify"), stack(), server(), tier(), home());
    }

    String run() {
        return line(List.of("run"), stack(), suites(), server(), gate(), option("--profile", profile), tier(), home());
    }

    private List<String> tier() {
        return option("--tier", Optional.of(place.tier()).filter(tier -> !tier.equals(new Tier.Full().key())));
    }

    /** Starts a stack that Lockstep starts. */
    String up() {
        return line(
                List.of("stack", "up", place.stack()),
                option("--name", place.server().running()),
                home());
    }

    String lock() {
        return line(List.of("lock"), stack(), server(), home());
    }

    /** Compares an approved lock with the one in force. */
    String lockDiff(String lockId) {
        return line(List.of(
                "lock", "diff", place.store() + "/locks/" + lockId + ".json", place.store() + "/stack.lock.json"));
    }

    /** Records as many runs as the command takes by itself. */
    String record() {
        return record(List.of());
    }

    /** Records so many runs. */
    String record(int runs) {
        return record(List.of("--runs", Integer.toString(runs)));
    }

    /** A server that Lockstep does not restart takes one run for each of its starts. */
    private String record(List<String> runs) {
        List<String> once = place.server().managed() ? runs : List.of("--runs", "1");
        List<String> start = place.server()
                .epoch()
                .map(epoch -> List.of("--epoch", "NEW-NAME"))
                .orElse(List.of());
        return line(List.of("baseline", "record"), stack(), suites(), server(), once, start, home());
    }

    /** Approves under the name that the shell knows. */
    String approve(String why) {
        return line(List.of("baseline", "approve"), stack(), home(), List.of("--why", why)) + " --by \"$(id -un)\"";
    }

    private List<String> stack() {
        return place.store().equals(place.stack())
                ? List.of("--stack", place.stack())
                : List.of("--stack", place.stack(), "--store", place.store());
    }

    private List<String> suites() {
        List<String> words = new ArrayList<>(List.of("--suites"));
        words.addAll(place.suites());
        return words;
    }

    private List<String> server() {
        List<String> words = new ArrayList<>(option("--running", place.server().running()));
        words.addAll(option("--url", place.server().url()));
        return words;
    }

    private List<String> gate() {
        return option("--gate", place.gate());
    }

    private List<String> home() {
        return option("--home", place.invocation().home());
    }

    private static List<String> option(String name, Optional<String> value) {
        return value.map(given -> List.of(name, given)).orElse(List.of());
    }

    @SafeVarargs
    private String line(List<String>... parts) {
        List<String> words = new ArrayList<>();
        for (List<String> part : parts) {
            words.addAll(part);
        }
        return place.invocation().line(words);
    }
}
