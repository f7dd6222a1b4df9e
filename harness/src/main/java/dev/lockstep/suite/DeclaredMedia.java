package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The media that a suite declares, and which of them its cases use. */
final class DeclaredMedia {
    private final Map<String, DocumentNode.Entry> declared;
    private final Map<String, MediaFile> files = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Problems problems;

    private DeclaredMedia(Map<String, DocumentNode.Entry> declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    static DeclaredMedia read(Fields suite, MediaFolder folder, Problems problems) {
        DeclaredMedia media = new DeclaredMedia(suite.mapping("media").entries(), problems);
        media.declared.forEach(
                (name, entry) -> folder.check(name, entry).ifPresent(file -> media.files.put(name, file)));
        return media;
    }

    /** Returns the file that a case names; empty when it is not declared, or wrongly, and that is among the problems. */
    Optional<MediaFile> use(Fields evalCase, DocumentNode reference) {
        String name = reference.toJson().asText();
        used.add(name);
        if (!declared.containsKey(name)) {
            evalCase.problemAt(reference.position(), "the suite declares no media '" + name + "'; " + hint(name));
        }
        return Optional.ofNullable(files.get(name));
    }

    void rejectUnused() {
        declared.forEach((name, entry) -> {
            if (!used.contains(name)) {
                problems.add(
                        entry.position(),
                        "media '" + name + "' is declared, but no case uses it; use it or remove the entry");
            }
        });
    }

    private String hint(String name) {
        return NearestName.of(name, declared.keySet())
                .map(near -> "did you mean '" + near + "'?")
                .orElse("declare it under 'media' of the suite");
    }
}
