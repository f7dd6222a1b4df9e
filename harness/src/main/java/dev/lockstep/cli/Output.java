package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.job.Invocation;
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
        var out = command().commandLine().getOut();
        if (json) {
            out.print(CanonicalJson.pretty(machine.get()));
        } else {
            out.println(new Spelling(invocation(), command()).of(text));
        }
        out.flush();
    }

    Terminal terminal() {
        return Terminal.ofErrorStream(command().commandLine().getErr(), new Spelling(invocation(), command()));
    }

    /** Returns how to spell commands that the user may go on with. */
    Invocation invocation() {
        return new Invocation(command().root().name());
    }

    private CommandSpec command() {
        return Objects.requireNonNull(command, "picocli names the command");
    }
}
