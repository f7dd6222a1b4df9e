package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlaceTest {
    private static final RunResult.Server STACKS_OWN =
            new RunResult.Server(Optional.empty(), Optional.empty(), Optional.empty(), false);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeStack() throws IOException {
        String stack = """
                schema: stack/1
                name: mine
                engine: openai
                model: m
                visibility: opaque
                endpoint: {url: "http://127.0.0.1:8080"}
                """;
        Files.writeString(folder.resolve("stack.yaml"), stack);
        Files.writeString(folder.resolve("other.yaml"), stack);
    }

    @Test
    void names_a_stack_by_its_folder_and_a_usual_suite_by_its_own() {
        RunResult.Place place = place("stack.yaml", folder, "suites/a/suite.yaml", "suites/b.yaml", "suite.yaml");

        assertThat(place)
                .isEqualTo(new RunResult.Place(
                        folder.toString(),
                        folder.toString(),
                        List.of("suites/a", "suites/b.yaml", "."),
                        Optional.empty(),
                        STACKS_OWN,
                        new Invocation("scripts/lockstep")));
    }

    @Test
    void names_a_stack_file_of_another_name_and_a_store_of_its_own() {
        RunResult.Place place = place("other.yaml", folder.resolve("store"));

        assertThat(place.stack()).isEqualTo(folder.resolve("other.yaml").toString());
        assertThat(place.store()).isEqualTo(folder.resolve("store").toString());
    }

    @Test
    void names_a_server_only_where_the_run_named_it() {
        StackConfig config = StackConfigReader.read(folder);
        RunRequest request = new RunRequest(
                config,
                new StackFolder(folder),
                PolicyInForce.shipped(),
                Optional.of("mine"),
                Optional.of(URI.create("http://10.0.0.7:8080")),
                Optional.of("monday"));

        assertThat(of(request, Plans.of(config, List.of())).server())
                .isEqualTo(new RunResult.Server(
                        Optional.empty(), Optional.of("http://10.0.0.7:8080"), Optional.of("monday"), false));
    }

    @Test
    void keeps_the_policy_and_the_home_that_the_user_named() {
        StackConfig config = StackConfigReader.read(folder);
        RunRequest request = new RunRequest(
                config,
                new StackFolder(folder),
                new PolicyInForce(GatePolicy.defaults(), new PolicyInForce.Source.Named(Path.of("strict.yaml"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Invocation invocation = new Invocation("scripts/lockstep").at(Optional.of("h"));

        RunResult.Place place = of(request, Plans.of(config, List.of()), invocation);

        assertThat(place.gate()).contains("strict.yaml");
        assertThat(place.invocation()).isEqualTo(invocation);
        assertThat(PlaceJson.read(PlaceJson.write(place))).isEqualTo(place);
    }

    @Test
    void reads_a_log_that_names_neither_policy_nor_home() {
        ObjectNode older = PlaceJson.write(place("stack.yaml", folder));

        RunResult.Place place = PlaceJson.read(older);

        assertThat(older.has("gate")).isFalse();
        assertThat(older.has("home")).isFalse();
        assertThat(place.gate()).isEmpty();
        assertThat(place.invocation().home()).isEmpty();
    }

    private RunResult.Place place(String stack, Path store, String... suites) {
        StackConfig config = StackConfigReader.read(folder.resolve(stack));
        RunRequest request = new RunRequest(
                config,
                new StackFolder(store),
                PolicyInForce.shipped(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Plan plan = Plans.of(
                config, List.of(suites).stream().map(RunPlaceTest::suite).toList());
        return of(request, plan);
    }

    private RunResult.Place of(RunRequest request, Plan plan) {
        return of(request, plan, new Invocation("scripts/lockstep"));
    }

    private RunResult.Place of(RunRequest request, Plan plan, Invocation invocation) {
        Workplace workplace = new Workplace(folder, folder, Map.of(), Clock.systemUTC(), line -> {}, invocation);
        return RunPlace.of(new Assignment(request, plan, workplace));
    }

    private static Suite suite(String file) {
        return new Suite("s", "1", "", Suite.Role.SCORES, Set.of(), List.of(), List.of(), Path.of(file));
    }
}
