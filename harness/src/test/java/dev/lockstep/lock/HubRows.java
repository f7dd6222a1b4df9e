package dev.lockstep.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.StringJoiner;

/** What {@code /api/models/{repo}/tree/{revision}?recursive=true} of a hub answers. */
public final class HubRows {

    private HubRows() {}

    /** Returns the rows of a folder; weights lie in LFS. */
    public static String of(Path folder) throws IOException {
        StringJoiner rows = new StringJoiner(",", "[", "]");
        for (var file : FolderListing.of(folder).files().entrySet()) {
            rows.add(row(file.getKey(), FileEntry.of(file.getValue())));
        }
        return rows.toString();
    }

    private static String row(String path, FileEntry entry) {
        String start = "{\"type\":\"file\",\"path\":\"" + path + "\",\"size\":" + entry.size() + ",\"oid\":\"";
        if (!path.endsWith(".safetensors")) {
            return start + entry.gitOid().orElseThrow() + "\"}";
        }
        return start + GitOid.ofPointer(entry.sha256(), entry.size()) + "\",\"lfs\":{\"oid\":\"" + entry.sha256()
                + "\",\"size\":" + entry.size() + ",\"pointerSize\":133},\"xetHash\":\"" + "f".repeat(64) + "\"}";
    }
}
