package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The files whose SHA-256 a lock holds, in whichever layer and under whichever field it stands. */
public final class LockedFileList {
    private static final String MODEL = "model";
    private static final Pattern PROGRAM = Pattern.compile("(?:(?:native|library)\\.)?(?<name>.+)", Pattern.DOTALL);
    private static final Pattern IS_PROGRAM =
            Pattern.compile("(native|library)\\..+|executable|ffmpeg|ffprobe", Pattern.DOTALL);

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
            Optional<FileField> part = FileField.of(layer, field, value);
            part.map(LockedFileList::ofPart).ifPresent(files::add);
            if (part.isEmpty() && IS_PROGRAM.matcher(field).matches()) {
                program(layer, field, value).ifPresent(files::add);
            }
        });
    }

    private static LockedFile ofPart(FileField file) {
        boolean isNamed = file.role().equals(MODEL) && !file.path().isEmpty();
        String inPart = file.path().isEmpty() ? file.role() : file.role() + "/" + file.path();
        return new LockedFile(
                isNamed ? file.path() : inPart,
                file.layer(),
                isNamed ? LockedFile.Kind.MODEL_FILE : LockedFile.Kind.MODEL_PART,
                file.sha256(),
                file.size(),
                file.gitOid());
    }

    private static Optional<LockedFile> note(String field, JsonNode value) {
        return FileField.of(Layer.PROVENANCE, field, value)
                .map(LockedFileList::ofPart)
                .map(LockedFileList::asNote);
    }

    private static LockedFile asNote(LockedFile file) {
        return new LockedFile(
                file.name(), file.layer(), LockedFile.Kind.NOTE, file.sha256(), file.size(), file.gitOid());
    }

    private static Optional<LockedFile> program(Layer layer, String field, JsonNode value) {
        String name = layer.key() + "/" + PROGRAM.matcher(field).replaceFirst("${name}");
        return FileField.digest(value)
                .map(sha256 -> new LockedFile(
                        name, layer, LockedFile.Kind.PROGRAM, sha256, OptionalLong.empty(), Optional.empty()));
    }
}
