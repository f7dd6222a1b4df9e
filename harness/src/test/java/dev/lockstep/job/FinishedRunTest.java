package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ChatDouble;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishedRunTest {
    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        plan = stack.plan(Cases.prints(4), Cases.words(4));
        stack.baselined(plan, 2);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void is_judged_as_it_was_at_its_end_and_nothing_is_asked() {
        stack.server().answer(prompt -> prompt.equals("Say w-02") ? "other" : ChatDouble.lastWord(prompt));
        RunOutcome then = run();
        stack.server().forget();

        RunOutcome again = judge(then.folder().log(), plan);

        assertThat(again.result()).isEqualTo(then.result());
        assertThat(again.tonight()).isEqualTo(then.tonight());
        assertThat(again.baseline()).isEqualTo(then.baseline());
        assertThat(again.folder().path()).isEqualTo(folder.resolve("again"));
        assertThat(stack.server().prompts()).isEmpty();
    }

    @Test
    void is_judged_by_the_profile_that_asked_it() {
        RunOutcome then = RegressionRun.execute(
                stack.request("later"), plan.with(Profile.SMOKE), stack.workplace(), sample -> {});

        RunOutcome again = judge(then.folder().log(), plan);

        assertThat(then.result().profile()).isEqualTo("smoke");
        assertThat(then.result().counts().planned()).isEqualTo(4);
        assertThat(again.result()).isEqualTo(then.result());
    }

    @Test
    void tells_the_policy_that_judged_it_again() {
        RunOutcome then = run();
        RunRequest request = stack.request("later");
        PolicyInForce strict = new PolicyInForce(
                GatePolicy.defaults().withJudging(GatePolicy.Judging.EQUALITY),
                new PolicyInForce.Source.Named(Path.of("strict.yaml")));
        RunRequest other = new RunRequest(
                request.stack(), request.folder(), strict, Optional.empty(), Optional.empty(), Optional.empty());

        RunResult again = FinishedRun.read(then.folder().log())
                .judge(other, plan, stack.workplace(), folder.resolve("again"))
                .result();

        assertThat(then.result().policy()).isEqualTo(PolicyInForce.shipped());
        assertThat(then.result().place().gate()).isEmpty();
        assertThat(again.policy()).isEqualTo(strict);
        assertThat(again.place().gate()).contains("strict.yaml");
    }

    @Test
    void is_found_in_the_folder_of_its_run() {
        RunOutcome then = run();

        assertThat(judge(then.folder().path(), plan).result()).isEqualTo(then.result());
    }

    @Test
    void is_refused_when_its_folder_holds_no_log() {
        assertRefused(folder, plan, ErrorKind.CONFIG)
                .hasMessage(folder.resolve("run.jsonl")
                        + ": there is no run log; expected `run.jsonl` in the folder of a run that was asked anything");
    }

    @Test
    void is_refused_when_it_was_cut_short() throws IOException {
        Path log = run().folder().log();
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, lines.size() - 1));

        assertRefused(log, plan, ErrorKind.CONFIG)
                .hasMessage(
                        log + ": the run was never judged, so nobody wrote down whether its lock held; start the same"
                                + " `run` again, which resumes a run that was cut short");
    }

    @Test
    void is_refused_under_another_plan() {
        Path log = run().folder().log();

        assertRefused(log, stack.plan(Cases.words(4)), ErrorKind.CONFIG)
                .hasMessage(log
                        + ": was asked by another plan; name the suites and the stack as they were when it was asked");
    }

    @Test
    void is_refused_when_no_baseline_of_its_lock_is_approved() throws IOException {
        RunOutcome then = run();
        Files.delete(folder.resolve("baseline.json"));

        assertRefused(then.folder().log(), plan, ErrorKind.BASELINE)
                .hasMessage(then.folder().log() + ": was asked under lock "
                        + then.result().lockId() + ", and "
                        + folder.resolve("baseline.json")
                        + " approves no baseline of that lock; name the folder that does with --store");
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }

    private RunOutcome judge(Path log, Plan asked) {
        return FinishedRun.read(log).judge(stack.request("later"), asked, stack.workplace(), folder.resolve("again"));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Path log, Plan asked, ErrorKind kind) {
        return assertThatThrownBy(() -> judge(log, asked))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(kind));
    }
}
