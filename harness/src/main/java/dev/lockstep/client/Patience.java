package dev.lockstep.client;

/** How often one question may still be asked: refusals and failures of the infrastructure are counted apart. */
final class Patience {
    private static final int REFUSALS = 3;

    private final int retries;
    private int failures;
    private int refusals;

    Patience(int retries) {
        this.retries = retries;
    }

    boolean lastsAfter(Trial.Kind kind) {
        return switch (kind) {
            case ANSWERED, FINAL -> false;
            case REFUSED -> ++refusals < REFUSALS;
            case FAILED -> ++failures <= retries;
        };
    }
}
