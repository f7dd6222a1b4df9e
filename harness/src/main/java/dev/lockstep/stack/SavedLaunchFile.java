package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a saved description of a launch, in whichever of the known forms it is. */
record SavedLaunchFile(LaunchSource source) {
    private static final String FORMS =
            "; expected what `docker inspect` or `kubectl get pod -o json` says, a systemd unit, or a folder like /proc/PID";

    /** What a message says of a value, and what a parser says of a text: both may hold a secret. */
    private static final Pattern VALUE = Pattern.compile(", not (?!a mapping$|a list$|nothing$).*", Pattern.DOTALL);

    private static final Pattern SYNTAX = Pattern.compile("(is not valid (?:JSON|YAML)): .*", Pattern.DOTALL);

    /** Returns the description; empty when there is a problem, whose message holds no value of the file. */
    Optional<LaunchDescription> read() {
        Problems inside = new Problems();
        Optional<LaunchDescription> description = new SavedLaunchFile(source.with(inside)).readAll();
        inside.list().forEach(problem -> source.problems().add(problem.position(), withoutValue(problem.message())));
        return description;
    }

    static String withoutValue(String message) {
        String valueless = VALUE.matcher(message).replaceFirst(", not what stands there");
        return SYNTAX.matcher(valueless).replaceFirst("$1; save it again");
    }

    private Optional<LaunchDescription> readAll() {
        Path file = source.file();
        if (Files.isDirectory(file)) {
            return process(file);
        }
        return text(file)
                .flatMap(text -> SystemdText.isOne(text)
                        ? new SystemdUnit(source, text).read()
                        : DocumentReader.read(file, text, source.problems()).flatMap(this::document));
    }

    private Optional<String> text(Path file) {
        try {
            String text = Files.readString(file);
            if (text.indexOf('\0') < 0) {
                return Optional.of(text);
            }
            source.problem("from", file + " is no text; name the file again, or save it again");
        } catch (IOException e) {
            source.problem(
                    "from",
                    Files.exists(file)
                            ? file + " cannot be read as UTF-8 text; check its permissions, or save it again"
                            : file + " is not there; paths start at the folder of stack.yaml");
        }
        return Optional.empty();
    }

    private Optional<LaunchDescription> document(DocumentNode node) {
        if (PodJson.isOne(node)) {
            return new PodJson(source).read(node);
        }
        List<DocumentNode> all = node instanceof DocumentNode.Sequence list ? list.items() : List.of(node);
        if (!all.isEmpty() && all.stream().allMatch(DockerInspect::isOne)) {
            return new DockerInspect(source).read(all);
        }
        source.problem("from", source.file() + " describes no launch" + FORMS);
        return Optional.empty();
    }

    private Optional<LaunchDescription> process(Path folder) {
        try {
            List<String> words = ProcText.argv(folder);
            return Optional.of(new LaunchDescription(words, variables(folder), new LayerFacts(), new UnknownFields()));
        } catch (IOException e) {
            source.problem("from", folder + " holds no 'cmdline' that can be read" + FORMS);
            return Optional.empty();
        }
    }

    private static LaunchVariables variables(Path folder) {
        try {
            return LaunchVariables.of(ProcText.environment(folder));
        } catch (IOException e) {
            return LaunchVariables.unread();
        }
    }
}
