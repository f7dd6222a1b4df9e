package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.ClaimedFiles;
import dev.lockstep.lock.FieldPolicy;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.ShortValue;
import dev.lockstep.stack.StartSigns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns evidence that counts into checks of a lock, judged by the policies of whoever verifies. */
record EvidenceChecks(Lock lock, Policies policies) {
    private static final String ALLOWED = "one of the values that stack.yaml allows; runs are compared within it alone";
    private static final String SAMPLED =
            "what was read matches, but the tier is sampled, and an edit of a few tensors may lie in the rest; attest with"
                    + " --tier full or cached";
    private static final String CUT = "…";

    /** Returns what is proven: of a disk in any case, of a process where it is the one that answers. */
    List<Check> of(Judged judged) {
        List<Check> checks = new ArrayList<>();
        Evidence evidence = judged.evidence().orElseThrow();
        evidence.results().stream()
                .filter(result -> result.step() == Check.Step.DISK || judged.isBound())
                .forEach(result -> check(result).ifPresent(checks::add));
        checks.addAll(files(evidence, Check.Step.DISK));
        if (judged.isBound()) {
            checks.addAll(served(evidence));
            evidence.container().image().ifPresent(image -> image(image).ifPresent(checks::add));
        }
        return checks.stream()
                .map(check -> evidence.isSampled() ? sampled(check) : check)
                .map(check -> noted(check, judged.source()))
                .toList();
    }

    /** Returns what the evidence says of its container that nothing here can be held against, and why. */
    List<String> open(Evidence evidence, StartSigns answering) {
        PodComparison pods = new PodComparison(evidence.container(), answering.pod());
        List<String> open = new ArrayList<>(pods.open());
        evidence.container()
                .image()
                .filter(image -> !pods.knowsImage() && image(image).isEmpty())
                .ifPresent(image -> PodComparison.add(
                        open, "image " + image, "neither the lock nor the pod that answers names a digest"));
        return List.copyOf(open);
    }

    /** Returns what a list of digests proves of a disk. */
    List<Check> of(DigestList list, ClaimedFiles.Claims claims) {
        return ClaimedFiles.compare(lock, claims, Check.Step.DISK, policies).stream()
                .map(check -> noted(check, list.source()))
                .toList();
    }

    /** Some of the bytes prove that a model is the locked one only to those who look for larger changes. */
    private static Check sampled(Check check) {
        boolean isWhole = Layer.ENGINE == check.layer() || Layer.LAUNCH == check.layer();
        return isWhole || check.step() != Check.Step.PROCESS || check.outcome() != Check.Outcome.MATCH
                ? check
                : check.as(Check.Outcome.UNVERIFIABLE, check.actual(), SAMPLED);
    }

    /** A word about a field that the lock does not prove is none, unless it is a difference. */
    private Optional<Check> check(Evidence.Result result) {
        JsonNode locked = lock.layer(result.layer()).pinned().get(result.field());
        String expected = locked == null ? "" : ShortValue.of(locked);
        if (result.outcome() == Check.Outcome.MATCH) {
            return locked == null
                    ? Optional.empty()
                    : Optional.of(check(result, Check.Outcome.MATCH, expected, expected));
        }
        boolean isAllowed = result.outcome() == Check.Outcome.MISMATCH && allows(result);
        return Optional.of(check(result, isAllowed ? Check.Outcome.MATCH : result.outcome(), expected, result.found()));
    }

    private Check check(Evidence.Result result, Check.Outcome outcome, String expected, String actual) {
        boolean isAllowed = outcome != result.outcome();
        return new Check(
                result.layer(),
                result.step(),
                result.field(),
                outcome,
                policies.of(result.layer(), result.field()).kind(),
                expected,
                actual,
                isAllowed ? ALLOWED : result.note());
    }

    /** A text that was cut may stand for others. */
    private boolean allows(Evidence.Result result) {
        FieldPolicy policy = policies.of(result.layer(), result.field());
        return !result.found().contains(CUT)
                && policy.allowed().stream()
                        .anyMatch(value -> ShortValue.of(value).equals(result.found()));
    }

    private List<Check> files(Evidence evidence, Check.Step step) {
        List<Check> checks = new ArrayList<>();
        for (String role : roles(evidence)) {
            SortedMap<String, String> claims = new TreeMap<>();
            evidence.files().stream()
                    .filter(file -> file.role().equals(role))
                    .forEach(file -> claims.put(file.path(), file.sha256()));
            Optional<String> name = claims.size() == 1 ? Optional.of(claims.firstKey()) : Optional.empty();
            checks.addAll(ClaimedFiles.compare(lock, new ClaimedFiles.Claims(role, claims, name), step, policies));
        }
        return checks;
    }

    /** What changed after the process started need not be what it read; seconds are compared, so the same one counts as after. */
    private List<Check> served(Evidence evidence) {
        long started = evidence.process().orElseThrow().started().getEpochSecond();
        TreeSet<String> changed = new TreeSet<>();
        evidence.files().stream().filter(file -> file.changed() >= started).forEach(file -> changed.add(file.role()));
        return files(evidence, Check.Step.PROCESS).stream()
                .map(check -> changed.contains(role(evidence, check)) ? doubted(check) : check)
                .toList();
    }

    private static TreeSet<String> roles(Evidence evidence) {
        TreeSet<String> roles = new TreeSet<>();
        evidence.files().forEach(file -> roles.add(file.role()));
        return roles;
    }

    private static String role(Evidence evidence, Check check) {
        return roles(evidence).stream()
                .filter(role -> check.field().startsWith(role + "."))
                .findFirst()
                .orElse("");
    }

    private static Check doubted(Check check) {
        return check.as(
                Check.Outcome.UNVERIFIABLE, "", "its file changed after the process started; restart the server");
    }

    private Optional<Check> image(String digest) {
        JsonNode locked = lock.layer(Layer.ENGINE).declared().get(ImageReference.DIGEST);
        if (locked == null) {
            return Optional.empty();
        }
        Check.Outcome outcome = locked.asText().equals(digest) ? Check.Outcome.MATCH : Check.Outcome.MISMATCH;
        return Optional.of(new Check(
                Layer.ENGINE,
                Check.Step.PROCESS,
                ImageReference.DIGEST,
                outcome,
                policies.of(Layer.ENGINE, ImageReference.DIGEST).kind(),
                ShortValue.of(locked),
                ShortValue.of(TextNode.valueOf(digest)),
                "the digest of the image, as `lockstep attest` was told it"));
    }

    private static Check noted(Check check, String source) {
        return check.noted(check.note().isEmpty() ? "by " + source : check.note() + "; by " + source);
    }
}
