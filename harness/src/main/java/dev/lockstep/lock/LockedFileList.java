package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files whose SHA-256 a lock holds, in whichever layer and under whichever field it stands. */
public final class LockedFileList {
    private static final String MODEL = "model";
    private static final Pattern OF_A_PART =
            Pattern.compile("(?<role>[a-z]+(?:\\.\\w+)??)\\.file(?:\\.(?<path>.+))?", Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile("(?:(?:native|library)\\.)?(?<name>.+)", Pattern.DOTALL);
    private static final Pattern IS_PROGRAM =
            Pattern.compile("(native|library)\\..+|executable|ffmpeg|ffprobe", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    private LockedFileList() {}

    /** Returns them in the order of their names, notes included. */
    public static List<LockedFile> of(Lock lock) {
        List<LockedFile> files = new ArrayList<>();
        lock.layers().forEach((layer, state) -> {
            add(layer, state.pinned(), files);
            state.observed().forEach((field, value) -> note(field, value).ifPresent(files::add));
        });
        return files.stream().sorted(Comparator.comparing(LockedFile::name)).toList();
    }

    /** Tells whether engines load a file of this path from a model's folder, so that a change of it can change answers. */
    public static boolean isLoaded(String path) {
        return !FileUse.of(path).layers().isEmpty();
    }

    private static void add(Layer layer, Map<String, JsonNode> fields, List<LockedFile> files) {
        fields.forEach((field, value) -> {
            Matcher part = OF_A_PART.matcher(field);
            if (part.matches()) {
                ofPart(layer, part, value).ifPresent(files::add);
            } else if (IS_PROGRAM.matcher(field).matches()) {
                program(layer, field, value).ifPresent(files::add);
            }
        });
    }

    private static Optional<LockedFile> ofPart(Layer layer, Matcher field, JsonNode value) {
        String role = field.group("role");
        Optional<String> path = Optional.ofNullable(field.group("path"));
        boolean isNamed = role.equals(MODEL) && path.isPresent();
        String name = path.map(each -> isNamed ? each : role + "/" + each).orElse(role);
        LockedFile.Kind kind = isNamed ? LockedFile.Kind.MODEL_FILE : LockedFile.Kind.MODEL_PART;
        return entry(value)
                .map(entry -> new LockedFile(
                        name, layer, kind, entry.sha256(), OptionalLong.of(entry.size()), entry.gitOid()))
                .or(() -> digest(value).map(sha256 -> withoutSize(name, layer, kind, sha256)));
    }

    private static Optional<LockedFile> note(String field, JsonNode value) {
        Matcher part = OF_A_PART.matcher(field);
        return part.matches() ? ofPart(Layer.PROVENANCE, part, value).map(LockedFileList::asNote) : Optional.empty();
    }

    private static LockedFile asNote(LockedFile file) {
        return new LockedFile(
                file.name(), file.layer(), LockedFile.Kind.NOTE, file.sha256(), file.size(), file.gitOid());
    }

    private static Optional<LockedFile> program(Layer layer, String field, JsonNode value) {
        String name = layer.key() + "/" + PROGRAM.matcher(field).replaceFirst("${name}");
        return digest(value).map(sha256 -> withoutSize(name, layer, LockedFile.Kind.PROGRAM, sha256));
    }

    private static LockedFile withoutSize(String name, Layer layer, LockedFile.Kind kind, String sha256) {
        return new LockedFile(name, layer, kind, sha256, OptionalLong.empty(), Optional.empty());
    }

    private static Optional<FileEntry> entry(JsonNode value) {
        return value.isObject() ? FileEntry.read(value) : Optional.empty();
    }

    private static Optional<String> digest(JsonNode value) {
        Matcher digest = DIGEST.matcher(value.asText());
        return digest.matches() ? Optional.of(digest.group(1)) : Optional.empty();
    }
}
