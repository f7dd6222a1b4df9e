package dev.lockstep.stack;

import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a server is started, as a container runtime, an orchestrator or a service manager describes it.
 *
 * <p>It holds secrets; {@link #facts} leaves them behind.
 *
 * @param words the command line
 * @param beside what else is told of engine and launch, without secrets
 * @param unknown what is not told
 * @param pod the pod that it is the launch of, where it is one
 */
record LaunchDescription(
        List<String> words,
        LaunchVariables variables,
        LayerFacts beside,
        UnknownFields unknown,
        Optional<PodStart> pod) {
    /** No file lies here: what a command line names is to be found on another machine. */
    private static final PathOrigin ELSEWHERE = PathOrigin.here(Path.of("/dev/null/elsewhere"));

    private static final Set<String> SHELLS = Set.of("ash", "bash", "dash", "sh", "zsh");
    private static final Pattern SCRIPT_FLAG = Pattern.compile("-[a-z]*c");
    private static final String COMMAND = "command";

    LaunchDescription {
        words = words.stream().map(word -> word.replace('\0', '\uFFFD')).toList();
    }

    LaunchDescription(List<String> words, LaunchVariables variables, LayerFacts beside, UnknownFields unknown) {
        this(words, variables, beside, unknown, Optional.empty());
    }

    LaunchDescription withPod(Optional<PodStart> start) {
        return new LaunchDescription(words, variables, beside, unknown, start);
    }

    /** Returns the values and names of fields that a lock may hold. */
    SavedFacts facts() {
        FileFlags files = new FileFlags(ArgvFlags.of(withoutShell(words)), ELSEWHERE);
        LayerFacts declared = new LayerFacts().putAll(beside.byLayer()).putAll(Layer.LAUNCH, variables.fields());
        UnknownFields open = new UnknownFields().addAll(unknown);
        variables.unknown().forEach(field -> open.add(Layer.LAUNCH, field));
        files.named().forEach(file -> open.add(file.layer(), file.field()));
        if (!LaunchPaths.files(files.params()).adapters().isEmpty()) {
            open.add(Layer.ADAPTERS, "adapter." + LayerState.EVERYTHING);
        }
        if (words.isEmpty()) {
            return SavedFacts.of(declared, open.add(Layer.LAUNCH, COMMAND)).withPod(pod);
        }
        return SavedFacts.of(declared.put(Layer.LAUNCH, COMMAND, LaunchLine.words(files)), open)
                .withPod(pod);
    }

    /** Takes the script of a shell apart, for its flags and secrets are those of the server. */
    private static List<String> withoutShell(List<String> words) {
        List<String> all = new ArrayList<>();
        boolean isShell = false;
        boolean isScript = false;
        for (String word : words) {
            if (isScript) {
                all.addAll(ShellWords.of(word));
            } else {
                all.add(word);
            }
            isScript = isShell && !isScript && SCRIPT_FLAG.matcher(word).matches();
            isShell = (isShell && !isScript) || SHELLS.contains(word.substring(word.lastIndexOf('/') + 1));
        }
        return all;
    }

    @Override
    public String toString() {
        return "a description of a launch";
    }
}
