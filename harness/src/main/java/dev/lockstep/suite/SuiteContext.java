package dev.lockstep.suite;

import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.Map;
import java.util.TreeMap;

/** What the cases of a suite share: its declarations, its defaults, and where its mistakes go. */
record SuiteContext(
        String suite,
        Suite.Role role,
        Settings defaults,
        Requirements requirements,
        Tools tools,
        DeclaredMedia media,
        Problems problems,
        FirstOnly suiteMistakes) {
    private static final Map<String, Suite.Role> ROLES = new TreeMap<>(Map.of(
            "scores", Suite.Role.SCORES,
            "fingerprint", Suite.Role.FINGERPRINT,
            "samples", Suite.Role.SAMPLES));

    static SuiteContext read(String id, Fields fields, MediaFolder folder, Problems problems) {
        FirstOnly suiteMistakes = new FirstOnly(problems);
        return new SuiteContext(
                id,
                fields.choice("role", ROLES, Suite.Role.SCORES),
                Settings.read(fields, Settings.DEFAULTS),
                Requirements.read(fields, suiteMistakes),
                Tools.read(fields, problems),
                DeclaredMedia.read(fields, folder, problems),
                problems,
                suiteMistakes);
    }
}
