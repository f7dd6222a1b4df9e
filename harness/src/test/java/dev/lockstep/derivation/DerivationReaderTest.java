package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.stack.StackConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DerivationReaderTest {
    private static final String OPERATIONS = "context-distillation, convert, dora-merge, dora-runtime, linear-merge,"
            + " lora-merge, lora-runtime, memit, prompt-baking, quantize, rome, slerp-merge";

    @TempDir
    Path temporary;

    @Test
    void steps_are_the_operators_word() throws IOException {
        StackConfig config = read("""
                - op: lora-merge
                  base: lk1-%s
                  adapter: adapters/sql
                  parameters: {scale: 0.5, rank: 4}
                  tool: peft 0.17.1
                  changes: ["*.q_proj.weight"]
                - {op: quantize, tool: "llama-quantize b11549", parameters: {type: Q8_0}}
                """.formatted("a".repeat(64)));

        assertThat(config.derivation().declared().entrySet())
                .extracting(field -> field.getKey() + " " + field.getValue())
                .containsExactly(
                        "1.base \"lk1-" + "a".repeat(64) + "\"",
                        "1.changes [\"*.q_proj.weight\"]",
                        "1.op \"lora-merge\"",
                        "1.parameters.rank 4",
                        "1.parameters.scale 0.5",
                        "1.tool \"peft 0.17.1\"",
                        "2.op \"quantize\"",
                        "2.parameters.type \"Q8_0\"",
                        "2.tool \"llama-quantize b11549\"");
        assertThat(config.derivation().steps().getFirst().adapter())
                .contains(temporary.resolve("derived/adapters/sql"));
    }

    @Test
    void everything_that_is_missing_is_told_at_once() {
        assertThatThrownBy(() -> read("- {op: rome}\n- {op: slerp-merge, tool: mergekit, parameters: {t: 2}}\n- {}\n"))
                .hasMessage(lines(
                        "7:5: derivation 1 needs 'tool'; write name and version of the program that did it, such as peft"
                                + " 0.17.1",
                        "7:5: derivation 1 needs 'base'; name the lock of the model that it was done to",
                        "7:5: derivation 1 needs 'changes'; name the tensors that it may change",
                        "8:5: derivation 2 needs 'with'; name the lock of the model that was merged with the base",
                        "8:29: derivation 2: 'tool' is 'mergekit'; write name and version of the program that did it, such"
                                + " as peft 0.17.1",
                        "8:51: derivation 2: 'parameters' needs 't', the part of the model in 'with': a number from 0 to 1",
                        "9:5: derivation 3 needs 'op'; write one of " + OPERATIONS,
                        "9:5: derivation 3 needs 'tool'; write name and version of the program that did it, such as peft"
                                + " 0.17.1"));
    }

    @Test
    void what_is_misspelled_is_told() {
        assertThatThrownBy(() -> read("""
                        - op: lora
                          base: {lock: base.json, weight: x}
                          tool: peft 0.17.1
                          changes: ["{q"]
                          chanes: []
                          parameters: {scale: much}
                        """))
                .hasMessage(
                        lines(
                                "7:9: derivation 1: 'op' is 'lora'; expected one of " + OPERATIONS,
                                "8:29: 'base': unknown field 'weight'; did you mean 'weights'?",
                                "10:14: derivation 1: '{q' is no name of tensors; write such as \"blk.*.attn_{q,v}.weight\"",
                                "11:5: derivation 1: unknown field 'chanes'; did you mean 'changes'?",
                                "12:17: derivation 1: 'scale' is \"much\"; write the number that the adapter is multiplied by"));
    }

    private StackConfig read(String steps) throws IOException {
        String indented = steps.lines().map(line -> "  " + line + "\n").collect(Collectors.joining());
        return new LockedModels(temporary).config("derived", "derivation:\n" + indented);
    }

    private String lines(String... problems) {
        String file = temporary.resolve("derived/stack.yaml").toString();
        return Stream.of(problems).map(problem -> file + ":" + problem + "\n").collect(Collectors.joining())
                + problems.length + " problems";
    }
}
