package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
import dev.lockstep.job.RunResult.Place;
import dev.lockstep.job.RunResult.Server;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final Server MANAGED = new Server(Optional.of("night"), Optional.empty(), Optional.empty(), true);
    private static final Server OWN =
            new Server(Optional.empty(), Optional.of("http://10.0.0.7:8080"), Optional.of("monday"), false);

    @Test
    void commands_for_a_managed_stack_name_what_the_run_named() {
        Commands commands = new Commands(
                new Place(
                        "baselines/my stack",
                        "store",
                        List.of("suites/a", "suites/b.yaml"),
                        Optional.empty(),
                        MANAGED,
                        wrapper()),
                Optional.empty());

        assertThat(commands.run())
                .isEqualTo("scripts/lockstep run --stack 'baselines/my stack' --store store"
                        + " --suites suites/a suites/b.yaml --running night");
        assertThat(commands.verify())
                .isEqualTo("scripts/lockstep verify --stack 'baselines/my stack' --store store --running night");
        assertThat(commands.up()).isEqualTo("scripts/lockstep stack up 'baselines/my stack' --name night");
        assertThat(commands.record())
                .isEqualTo("scripts/lockstep baseline record --stack 'baselines/my stack' --store store"
                        + " --suites suites/a suites/b.yaml --running night");
        assertThat(commands.record(6))
                .isEqualTo("scripts/lockstep baseline record --stack 'baselines/my stack' --store store"
                        + " --suites suites/a suites/b.yaml --running night --runs 6");
        assertThat(commands.approve("it's wanted"))
                .isEqualTo("scripts/lockstep baseline approve --stack 'baselines/my stack' --store store"
                        + " --why 'it'\\''s wanted' --by \"$(id -un)\"");
        assertThat(commands.lockDiff("lk1-a"))
                .isEqualTo("scripts/lockstep lock diff store/locks/lk1-a.json store/stack.lock.json");
    }

    @Test
    void a_server_of_ones_own_is_recorded_once_for_each_start_under_a_new_name() {
        Commands commands = new Commands(
                new Place("mine", "mine", List.of("suites"), Optional.empty(), OWN, new Invocation("lockstep")),
                Optional.empty());

        assertThat(commands.record())
                .isEqualTo("lockstep baseline record --stack mine --suites suites --url http://10.0.0.7:8080 --runs 1"
                        + " --epoch NEW-NAME");
        assertThat(commands.record(6)).isEqualTo(commands.record());
        assertThat(commands.run()).isEqualTo("lockstep run --stack mine --suites suites --url http://10.0.0.7:8080");
        assertThat(commands.lock()).isEqualTo("lockstep lock --stack mine --url http://10.0.0.7:8080");
    }

    @Test
    void a_policy_and_a_home_that_the_user_named_are_named_again() {
        Place place = new Place(
                "mine",
                "mine",
                List.of("suites"),
                Optional.of("strict.yaml"),
                MANAGED,
                wrapper().at(Optional.of("my home")));
        Commands commands = new Commands(place, Optional.of("smoke"));

        assertThat(commands.run())
                .isEqualTo("scripts/lockstep run --stack mine --suites suites --running night --gate strict.yaml"
                        + " --profile smoke --home 'my home'");
        assertThat(commands.verify())
                .isEqualTo("scripts/lockstep verify --stack mine --running night --home 'my home'");
        assertThat(commands.up()).isEqualTo("scripts/lockstep stack up mine --name night --home 'my home'");
        assertThat(commands.lock()).isEqualTo("scripts/lockstep lock --stack mine --running night --home 'my home'");
        assertThat(commands.record())
                .isEqualTo(
                        "scripts/lockstep baseline record --stack mine --suites suites --running night --home 'my home'");
        assertThat(commands.approve("why"))
                .isEqualTo(
                        "scripts/lockstep baseline approve --stack mine --home 'my home' --why why --by \"$(id -un)\"");
        assertThat(commands.lockDiff("lk1-a"))
                .isEqualTo("scripts/lockstep lock diff mine/locks/lk1-a.json mine/stack.lock.json");
    }

    private static Invocation wrapper() {
        return new Invocation("scripts/lockstep");
    }
}
