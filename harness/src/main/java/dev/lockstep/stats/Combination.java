package dev.lockstep.stats;

/** A choice of members from a row, and after it the next in lexicographic order. */
final class Combination {
    private final int[] chosen;
    private final int of;

    /** Chooses the first {@code chosen} members of a row of {@code chosen + others}. */
    Combination(int chosen, int others) {
        this.chosen = new int[chosen];
        this.of = chosen + others;
        fill(0, 0);
    }

    /** Goes on to the next choice; returns false when the last one has been followed by the first. */
    boolean advance() {
        int last = chosen.length - 1;
        while (last >= 0 && chosen[last] == of - chosen.length + last) {
            last--;
        }
        if (last < 0) {
            fill(0, 0);
            return false;
        }
        fill(last, chosen[last] + 1);
        return true;
    }

    private void fill(int from, int member) {
        for (int i = from; i < chosen.length; i++) {
            chosen[i] = member + i - from;
        }
    }

    /** Writes the chosen members, then the others, each with {@code offset} added. */
    void write(int[] order, int offset) {
        int next = 0;
        int rest = offset + chosen.length;
        for (int member = 0; member < of; member++) {
            if (next < chosen.length && chosen[next] == member) {
                order[offset + next++] = offset + member;
            } else {
                order[rest++] = offset + member;
            }
        }
    }
}
