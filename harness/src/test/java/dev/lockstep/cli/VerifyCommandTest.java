package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.job.Invocation;
import dev.lockstep.testing.ServedReplicas;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code verify} of three replicas: what it prints of each, and how it ends. */
final class VerifyCommandTest {
    private static final String LOCKED = "the locked stack, as far as it can be seen";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ServedStack stack;
    private ServedReplicas replicas;

    @BeforeEach
    void lock() {
        stack = new ServedStack(folder);
        stack.visible();
        replicas = new ServedReplicas(3);
        describe(replicas.listed());
        assertThat(run("lock")).as(err.toString()).isZero();
    }

    @AfterEach
    void stop() {
        replicas.close();
        stack.close();
    }

    @Test
    void lock_says_how_much_it_knows() {
        assertThat(out.toString()).containsPattern("\npinned \\d+ · observed \\d+ · unknown \\d+\nlk1-");
    }

    @Test
    void ends_with_0_when_all_are_the_locked_stack() {
        assertThat(run("verify")).isZero();
        assertThat(lines())
                .contains(
                        "replica 192.0.2.1:8000  " + LOCKED,
                        "replica 192.0.2.2:8000  " + LOCKED,
                        "replica 192.0.2.3:8000  " + LOCKED)
                .anyMatch(line -> line.matches("lock {16}pinned \\d+ · observed \\d+ · unknown \\d+"));
        assertThat(lines().getLast()).isEqualTo("the stack is the locked one, as far as it can be seen");
    }

    @Test
    void ends_with_2_when_one_is_another_stack() {
        replicas.server(1).render("Hi");

        assertThat(run("verify")).isEqualTo(ExitCode.LOCK_BROKEN);
        assertThat(lines())
                .contains("replica 192.0.2.2:8000  not the locked stack: template")
                .anyMatch(line -> line.startsWith("    MISMATCH render at 192.0.2.2:8000: "))
                .containsSequence(
                        "LOCK BROKEN: template",
                        "template: 2 of 3 replicas render the locked one; 192.0.2.2:8000 does not",
                        "points to: template, engine, launch (the rendered text differs; token ids, effective sampling"
                                + " equal); attributed by probes");
    }

    @Test
    void ends_with_4_when_one_does_not_answer_and_shows_the_others() {
        replicas.server(2).close();

        assertThat(run("verify")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(lines())
                .contains("replica 192.0.2.1:8000  " + LOCKED, "replica 192.0.2.2:8000  " + LOCKED)
                .anyMatch(line ->
                        line.startsWith("replica 192.0.2.3:8000  http://192.0.2.3:8000/v1/models: does not answer"));
        assertThat(lines().getLast()).isEqualTo("could not be verified, for they do not answer: 192.0.2.3:8000");
    }

    @Test
    void ends_with_4_when_none_answers() {
        replicas.servers().forEach(server -> server.close());

        assertThat(run("verify")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString())
                .contains("replica 192.0.2.1:8000: ", "replica 192.0.2.2:8000: ", "replica 192.0.2.3:8000: ");
    }

    @Test
    void says_that_the_replica_is_unknown_behind_a_router() {
        describe("url: \"" + ServedReplicas.ROUTER + "\", router: true");

        assertThat(run("verify")).isZero();
        assertThat(lines())
                .anyMatch(line ->
                        line.startsWith("replica unknown: http://192.0.2.99:8000 is a router, and nobody lists"));
    }

    @Test
    void tells_machines_of_each_replica() throws IOException {
        replicas.server(1).render("Hi");

        assertThat(run("verify", "--json")).isEqualTo(ExitCode.LOCK_BROKEN);
        JsonNode node = new ObjectMapper().readTree(out.toString());
        assertThat(node.at("/replicas/known").asText()).isEqualTo("LISTED");
        assertThat(node.at("/replicas/servers/1/broken")).hasToString("{\"template\":\"RENDER\"}");
        assertThat(node.path("checks").valueStream())
                .anyMatch(check -> check.path("where").asText().equals("192.0.2.2:8000")
                        && check.path("outcome").asText().equals("MISMATCH"));
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private int run(String command, String... more) {
        out.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of(command, "--stack", folder.toString()));
        words.addAll(List.of("--home", folder.resolve("home").toString()));
        words.addAll(List.of(more));
        CommandLine main = Main.commandLine(new Invocation("lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return main.execute(words.toArray(String[]::new));
    }

    private void describe(String endpoint) {
        stack.describe("""
                engine: llama.cpp
                %s
                files: {weights: empty.gguf}
                floor: []
                """.formatted(replicas.endpoint(endpoint)));
    }
}
