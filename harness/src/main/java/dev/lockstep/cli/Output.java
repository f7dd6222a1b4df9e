package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command writes: text for people, or JSON for machines. */
final class Output {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Print the result as JSON, for machines.")
    private boolean json;

    void print(String text, Supplier<JsonNode> machine) {
        var out = Objects.requireNonNull(command).commandLine().getOut();
        if (json) {
            out.print(CanonicalJson.pretty(machine.get()));
        } else {
            out.println(text);
        }
        out.flush();
    }

    Terminal terminal() {
        return Terminal.ofErrorStream(
                Objects.requireNonNull(command).commandLine().getErr());
    }
}
