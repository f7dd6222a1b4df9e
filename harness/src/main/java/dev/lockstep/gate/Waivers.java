package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.GatePolicy.Waiver;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a person agreed to let pass undecided, as of the day of the run. */
record Waivers(List<Waiver> all, LocalDate day) {

    /** Returns the undecided findings that nobody waived, as sentences; a waiver that has expired is told. */
    List<String> unwaived(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.result() == Result.UNDECIDED)
                .filter(finding -> inForce(finding).isEmpty())
                .map(finding -> finding.sentence() + expired(finding))
                .toList();
    }

    /** Returns the waivers that let a finding pass, as sentences. */
    List<String> used(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.result() == Result.UNDECIDED)
                .flatMap(finding -> inForce(finding).stream()
                        .map(waiver ->
                                finding.sentence() + "; WAIVED until " + waiver.expires() + ": " + waiver.reason()))
                .toList();
    }

    private Optional<Waiver> inForce(Finding finding) {
        return latest(finding).filter(waiver -> !waiver.expires().isBefore(day));
    }

    private String expired(Finding finding) {
        return latest(finding)
                .map(waiver -> "; its waiver expired on " + waiver.expires())
                .orElse("");
    }

    private Optional<Waiver> latest(Finding finding) {
        return all.stream()
                .filter(waiver -> waiver.name().equals(finding.family()))
                .max(Comparator.comparing(Waiver::expires));
    }
}
