package dev.lockstep.cli;

import dev.lockstep.document.TimeSpan;
import dev.lockstep.job.RunRequest;
import dev.lockstep.stack.EvidenceRules;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which evidence from the serving host counts; whose keys count stands in stack.yaml alone. */
final class EvidenceOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--evidence",
            paramLabel = "FILE|URL",
            description =
                    "What `attest` wrote where the stack is served, in place of `evidence.from` in stack.yaml; signed with one of"
                            + " its `evidence.keys`. May be given several times.")
    private List<String> evidence = List.of();

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            description = "The oldest evidence that counts, such as 90m or 24h; default: `evidence.max_age`, else 24h.")
    private @Nullable String maxAge;

    RunRequest over(RunRequest request) {
        StackConfig config = request.stack();
        EvidenceRules rules = config.evidence();
        if (!evidence.isEmpty()) {
            rules = rules.withFrom(
                    evidence.stream().map(EvidenceOptions::location).toList());
        }
        if (maxAge != null) {
            rules = rules.withMaxAge(TimeSpan.of(maxAge).orElseThrow(this::noTime));
        }
        return request.withStack(config.withEvidence(rules));
    }

    private static String location(String text) {
        return text.matches("https?://.*")
                ? text
                : Path.of(text).toAbsolutePath().toString();
    }

    private ParameterException noTime() {
        return new ParameterException(
                Objects.requireNonNull(command).commandLine(),
                "--max-age is '" + maxAge + "'; expected such as 90s, 15m, 24h or 7d");
    }
}
