package dev.lockstep.run;

/** The name of a sample within a run: {@code suite/case/repetition}. */
public record SampleKey(String suite, String caseId, int repetition) implements Comparable<SampleKey> {

    /** Reads {@code suite/case/repetition}. */
    public static SampleKey of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is no sample key; expected suite/case/repetition");
        }
        return new SampleKey(parts[0], parts[1], Integer.parseInt(parts[2]));
    }

    public String casePath() {
        return suite + "/" + caseId;
    }

    @Override
    public int compareTo(SampleKey other) {
        int byCase = casePath().compareTo(other.casePath());
        return byCase != 0 ? byCase : Integer.compare(repetition, other.repetition);
    }

    @Override
    public String toString() {
        return suite + "/" + caseId + "/" + repetition;
    }
}
