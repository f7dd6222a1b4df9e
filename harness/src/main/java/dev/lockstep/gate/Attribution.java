package dev.lockstep.gate;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the difference between a stack and its locked self comes from, by the first clue that differs.
 *
 * <p>It names what the clues leave open and no more: layers that disk or process hold unchanged are no suspects, and of the
 * others those that are known to have moved go first.
 *
 * @param clue the first that differs; empty when none does
 * @param layers what it points to, in the order of a prompt's way; empty when it points to none
 * @param basis how it is known
 */
public record Attribution(Optional<Clue> clue, List<Layer> layers, Signs signs, Basis basis) {
    private static final Set<Check.Step> OF_THE_STACK =
            EnumSet.of(Check.Step.STATIC, Check.Step.DISK, Check.Step.PROCESS, Check.Step.LIVE);
    /** What names the tokens that end an answer. */
    private static final Set<Layer> ENDS = EnumSet.of(Layer.TOKENIZER, Layer.GENERATION_DEFAULTS);

    public Attribution {
        layers = List.copyOf(layers);
    }

    /** How an attribution is known. */
    public enum Basis {
        /** By what the stack shows of itself and of its answers. */
        PROBES("attributed by probes"),
        /** By a stack that differs in these layers alone, which was run. */
        SUBSTITUTION("confirmed by substitution");

        private final String words;

        Basis(String words) {
            this.words = words;
        }

        /** Returns it in words: {@code attributed by probes}. */
        public String words() {
            return words;
        }
    }

    /**
     * Attributes what clues show.
     *
     * @param checks what is known of each layer
     * @param possible the layers that can have moved at all
     */
    public static Attribution of(Signs signs, List<Check> checks, Set<Layer> possible) {
        Optional<Clue> first = signs.first();
        if (first.isEmpty()) {
            return new Attribution(first, unseen(signs, checks), signs, Basis.PROBES);
        }
        List<Layer> open = first.stream()
                .flatMap(clue -> clue.layers().stream()
                        .filter(possible::contains)
                        .filter(layer -> clue != Clue.LOGPROBS || isOpen(layer, signs)))
                .filter(layer -> !isHeld(layer, checks))
                .toList();
        List<Layer> moved = Stream.concat(open.stream(), ENDS.stream().filter(layer -> first.get() == Clue.LOGPROBS))
                .filter(layer -> isMoved(layer, checks))
                .distinct()
                .sorted()
                .toList();
        return new Attribution(first, moved.isEmpty() ? open : moved, signs, Basis.PROBES);
    }

    /** Where nothing differs, those are blamed that are known to have moved, and of whose effect nobody saw that there is none. */
    private static List<Layer> unseen(Signs signs, List<Check> checks) {
        return Arrays.stream(Layer.values())
                .filter(layer -> isMoved(layer, checks))
                .filter(layer -> Clue.of(layer)
                        .map(clue -> signs.sign(clue) == Sign.UNSEEN)
                        .orElse(false))
                .toList();
    }

    /** Attributes what a verification alone found; empty when nothing of the stack was looked at. */
    public static Optional<Attribution> of(List<Check> checks) {
        Signs signs = Signs.of(checks);
        boolean isSeen = signs.areSeen()
                || checks.stream().anyMatch(check -> check.breaksLock() && check.step() != Check.Step.STATIC);
        return isSeen ? Optional.of(of(signs, checks, EnumSet.allOf(Layer.class))) : Optional.empty();
    }

    /** Files that are the locked ones compute nothing new; an adapter may still be put in or scaled at run time. */
    private static boolean isOpen(Layer layer, Signs signs) {
        boolean isOfFiles = Clue.FILES.layers().contains(layer) && layer != Layer.ADAPTERS;
        return !isOfFiles || signs.sign(Clue.FILES) != Sign.EQUAL;
    }

    private static boolean isHeld(Layer layer, List<Check> checks) {
        List<Check> held = checks.stream()
                .filter(check -> check.layer() == layer && check.policy().isStrict())
                .filter(check -> check.step() == Check.Step.DISK || check.step() == Check.Step.PROCESS)
                .toList();
        return held.stream().anyMatch(check -> check.step() == Check.Step.PROCESS)
                && held.stream().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    private static boolean isMoved(Layer layer, List<Check> checks) {
        return checks.stream()
                .anyMatch(check -> check.layer() == layer && check.breaksLock() && OF_THE_STACK.contains(check.step()));
    }

    /** Returns it in one sentence: {@code points to: template (the rendered text differs; …); attributed by probes}. */
    public String sentence() {
        return target() + " (" + seen() + "); " + basis.words();
    }

    private String target() {
        if (!layers.isEmpty()) {
            return "points to: " + names(layers);
        }
        return clue.map(Attribution::withoutLayers).orElse("no effect was seen");
    }

    private static String withoutLayers(Clue clue) {
        return clue.layers().isEmpty()
                ? "points to: " + clue.beyondLayers()
                : "points to none of " + names(clue.layers()) + ", for all are proved to be the locked ones";
    }

    private String seen() {
        String nothing = layers.isEmpty() ? "" : "it is not the locked one; ";
        String difference = clue.map(Clue::difference).orElse(nothing + "nothing that was looked at differs");
        return difference + list(signs.that(Sign.EQUAL), " equal") + list(open(), " not looked at");
    }

    /** What lies behind the clue cannot be its cause; and where texts and their tokens are compared, lengths add nothing. */
    private List<Clue> open() {
        boolean isRendered = signs.sign(Clue.TEXT) != Sign.UNSEEN && signs.sign(Clue.TOKEN_IDS) != Sign.UNSEEN;
        return signs.that(Sign.UNSEEN).stream()
                .filter(unseen -> clue.map(known -> unseen.compareTo(known) < 0).orElse(true))
                .filter(unseen -> unseen != Clue.PROMPT_TOKENS || !isRendered)
                .toList();
    }

    private static String list(List<Clue> clues, String after) {
        return clues.isEmpty() ? "" : "; " + clues.stream().map(Clue::words).collect(Collectors.joining(", ")) + after;
    }

    private static String names(List<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
