package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FileTree;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFile;
import dev.lockstep.lock.LockedFileList;
import dev.lockstep.lock.Mirror;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares what is locked with the places that stack.yaml names beside it; information, for what serves lies elsewhere.
 *
 * <p>Nothing but what stack.yaml names is asked: no URL, no network.
 */
record MirrorChecks(Lock lock) {
    private static final String IMAGE = "oci://";
    private static final String IN_SYNC = Mirror.State.IN_SYNC.name();
    private static final int MOST_SHOWN = 3;

    List<Check> run(List<String> places) {
        return places.stream().map(this::check).toList();
    }

    private Check check(String place) {
        try {
            return place.startsWith(IMAGE) ? image(place) : tree(place, new ModelTrees(Map.of(), Map.of()).read(place));
        } catch (LockstepException unusable) {
            return notChecked(place, String.valueOf(unusable.getMessage()));
        }
    }

    private Check tree(String place, ModelTree listed) {
        FileTree locked = FileTree.of(lock);
        if (listed instanceof ModelTree.Known(FileTree tree) && locked.files().isEmpty()) {
            return parts(place, tree);
        }
        Mirror mirror = ModelTree.compare(new ModelTree.Known(locked), listed);
        return switch (mirror.state()) {
            case IN_SYNC -> inSync(place);
            case UNREACHABLE -> notChecked(place, mirror.why());
            case MISSING_REVISION -> moved(place, mirror.state().name(), mirror.why());
            case WEIGHTS_ONLY, CONFIG_ONLY, OUT_OF_SYNC ->
                moved(place, mirror.state().name(), differing(mirror));
        };
    }

    /** A lock of GGUF files holds their digests, and not under which names they were published. */
    private Check parts(String place, FileTree tree) {
        List<String> missing = LockedFileList.of(lock).stream()
                .filter(file -> file.kind() == LockedFile.Kind.MODEL_PART)
                .filter(file -> tree.files().values().stream()
                        .noneMatch(listed -> listed.sha256().equals(Optional.of(file.sha256()))))
                .map(LockedFile::name)
                .toList();
        return missing.isEmpty()
                ? inSync(place)
                : moved(
                        place,
                        Mirror.State.OUT_OF_SYNC.name(),
                        "no file there has the digest of: " + String.join(", ", missing));
    }

    private static String differing(Mirror mirror) {
        List<String> paths = mirror.differences().stream()
                .filter(each -> each.part() != Mirror.Part.NOTE)
                .map(Mirror.Difference::path)
                .toList();
        String more = paths.size() > MOST_SHOWN ? " and " + (paths.size() - MOST_SHOWN) + " more" : "";
        return "other there: " + paths.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")) + more;
    }

    private Check image(String place) {
        Optional<ImageReference> image = ImageReference.of(place.substring(IMAGE.length()));
        Optional<String> locked = imageDigest();
        if (image.isEmpty() || locked.isEmpty()) {
            return notChecked(
                    place,
                    image.isEmpty()
                            ? "is no image; write oci://registry/name:tag"
                            : "the lock holds no digest of an image");
        }
        return switch (new OciRegistry(Map.of(), Map.of(), Optional.empty()).tag(image.get())) {
            case OciTag.Points(String digest) ->
                digest.equals(locked.get()) ? inSync(place) : moved(place, "TAG_OVERWRITTEN", "stands for " + digest);
            case OciTag.Gone(String why) -> moved(place, "TAG_GONE", why);
            case OciTag.Untold(String why) -> notChecked(place, why);
        };
    }

    private Optional<String> imageDigest() {
        LayerState engine = lock.layer(Layer.ENGINE);
        return Optional.ofNullable(engine.pinned().get(ImageReference.DIGEST))
                .or(() -> Optional.ofNullable(engine.declared().get(ImageReference.DIGEST)))
                .map(JsonNode::asText);
    }

    private static Check inSync(String place) {
        return check(place, Check.Outcome.MATCH, IN_SYNC, "");
    }

    private static Check moved(String place, String state, String why) {
        return check(place, Check.Outcome.MISMATCH, state, "UPSTREAM_MOVED: " + why);
    }

    private static Check notChecked(String place, String why) {
        return check(place, Check.Outcome.NOT_CHECKED, "", why);
    }

    private static Check check(String place, Check.Outcome outcome, String found, String note) {
        return new Check(
                Layer.PROVENANCE,
                Check.Step.MIRROR,
                "mirror " + SecretWords.maskTokens(place),
                outcome,
                Check.Policy.WARN,
                IN_SYNC,
                found,
                note);
    }
}
