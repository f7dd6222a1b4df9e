package dev.lockstep.gate;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What each clue shows; one that is not named was not looked at. */
public record Signs(Map<Clue, Sign> byClue) {
    private static final Set<Layer> MODEL_FILES = EnumSet.copyOf(Clue.FILES.layers());
    private static final Set<Check.Step> HELD = EnumSet.of(Check.Step.DISK, Check.Step.PROCESS);

    public Signs {
        EnumMap<Clue, Sign> copy = new EnumMap<>(Clue.class);
        copy.putAll(byClue);
        byClue = Collections.unmodifiableMap(copy);
    }

    public static Signs none() {
        return new Signs(Map.of());
    }

    /** Reads what a verification found: rendered text, token ids, effective sampling, the model's files, log-probabilities. */
    public static Signs of(List<Check> checks) {
        Signs signs = none().with(Clue.TEXT, sign(checks, check -> isRendered(check, Layer.TEMPLATE)))
                .with(Clue.TOKEN_IDS, sign(checks, check -> isRendered(check, Layer.TOKENIZER)))
                .with(Clue.MEDIA_TOKENS, sign(checks, check -> isShown(check, Layer.PROCESSOR, "pictureTokens")))
                .with(Clue.SCHEMA, sign(checks, check -> isShown(check, Layer.ENGINE, "jsonSchema")))
                .with(Clue.SAMPLING, sign(checks, check -> check.step() == Check.Step.SAMPLING))
                .with(
                        Clue.FILES,
                        sign(checks, check -> HELD.contains(check.step()) && MODEL_FILES.contains(check.layer())));
        return signs.with(Clue.LOGPROBS, signs.computed(checks));
    }

    /** A few short answers that are equal say that nothing moved only where no file did: others may show it. */
    private Sign computed(List<Check> checks) {
        List<Check.Outcome> outcomes = checks.stream()
                .filter(check -> check.step() == Check.Step.LOGPROBS)
                .map(Check::outcome)
                .toList();
        if (outcomes.contains(Check.Outcome.MISMATCH)) {
            return Sign.DIFFERENT;
        }
        boolean isEqual = outcomes.contains(Check.Outcome.MATCH) && sign(Clue.FILES) != Sign.DIFFERENT;
        return isEqual ? Sign.EQUAL : Sign.UNSEEN;
    }

    /** Returns the same with another sign; several looks at one clue count together. */
    public Signs with(Clue clue, Sign sign) {
        Map<Clue, Sign> more = new EnumMap<>(Clue.class);
        more.putAll(byClue);
        more.put(clue, sign(clue).and(sign));
        return new Signs(more);
    }

    public Sign sign(Clue clue) {
        return byClue.getOrDefault(clue, Sign.UNSEEN);
    }

    /** Tells whether anybody looked at anything. */
    boolean areSeen() {
        return that(Sign.UNSEEN).size() < Clue.values().length;
    }

    /** Returns the clues that show a sign, in the order of the table. */
    List<Clue> that(Sign sign) {
        return Arrays.stream(Clue.values()).filter(clue -> sign(clue) == sign).toList();
    }

    /** Returns the first clue that differs; files that differ point to nothing where answers were seen to be equal. */
    Optional<Clue> first() {
        return that(Sign.DIFFERENT).stream()
                .filter(clue -> clue != Clue.FILES || sign(Clue.LOGPROBS) != Sign.EQUAL)
                .findFirst();
    }

    private static boolean isRendered(Check check, Layer layer) {
        return check.step() == Check.Step.RENDER && check.layer() == layer;
    }

    private static boolean isShown(Check check, Layer layer, String field) {
        return check.step() == Check.Step.LIVE
                && check.layer() == layer
                && check.field().equals(field);
    }

    /** What could not be compared leaves the rest unproved; what was not to be compared says nothing. */
    private static Sign sign(List<Check> checks, Predicate<Check> wanted) {
        List<Check> told = checks.stream()
                .filter(wanted)
                .filter(check -> check.policy().isStrict() && check.outcome() != Check.Outcome.NOT_CHECKED)
                .toList();
        if (told.stream().anyMatch(Check::breaksLock)) {
            return Sign.DIFFERENT;
        }
        boolean allMatch = told.stream().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
        return told.isEmpty() || !allMatch ? Sign.UNSEEN : Sign.EQUAL;
    }
}
