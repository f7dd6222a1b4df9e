package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Verdict;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose answers follow from prompt and seed, asked for ten samples of five prompts beside enough fingerprints. */
final class SampledRunTest {
    private static final int SAMPLES = 50;

    @TempDir
    Path folder;

    private ServedStack stack;
    private Plan plan;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        stack.server().sample((prompt, seed) -> draw(prompt, seed, 2));
        plan = stack.plan(Cases.prints(100), Cases.draws(5, 10));
        stack.baselined(plan, 4);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void calibrates_samples_by_the_fingerprints_for_their_own_seeds_never_come_back() {
        assertThat(stack.store().approved(stack.lock().id()).orElseThrow().calibrations())
                .containsExactly(
                        new Calibration("L1", 4, 100, 300, 0),
                        new Calibration("L2", 4, 100, 300, 0),
                        new Calibration("L3", 4, 100, 300, 0),
                        new Calibration("L4", 4, 0, 0, 0));
    }

    @Test
    void passes_an_unchanged_stack_under_seeds_of_its_own() {
        RunOutcome outcome = run();

        assertThat(outcome.result().verdict().name()).isEqualTo("PASS");
        List<Long> seeds = seeds(log(outcome).samples().values());
        assertThat(seeds).hasSize(SAMPLES).doesNotHaveDuplicates();
        assertThat(seeds).doesNotContainAnyElementsOf(recordedSeeds());
        assertThat(stack.server().prompts()).hasSize(100 + SAMPLES);
    }

    @Test
    void confirms_what_fired_with_seeds_that_nobody_asked_with_before() {
        stack.server().sample((prompt, seed) -> draw(prompt, seed, prompt.startsWith("Draw") ? 5 : 2));

        RunOutcome outcome = run();

        assertThat(outcome.result().verdict()).isInstanceOf(Verdict.Drift.class);
        assertThat(outcome.result().verdict().reasons().getFirst())
                .matches("L3: 50 sampled answers; .*; the screen fired \\(p [^)]*\\), and fresh answers confirm it"
                        + " \\(p [^)]*\\)");
        RunLog log = log(outcome);
        assertThat(log.confirms()).hasSize(2 * SAMPLES);
        assertThat(Stream.concat(log.samples().values().stream(), log.confirms().stream())
                        .filter(sample -> sample.key().suite().equals("draws"))
                        .map(Sample::seed))
                .hasSize(3 * SAMPLES)
                .doesNotHaveDuplicates();
        assertThat(log.confirms())
                .allSatisfy(sample -> assertThat(sample.seed())
                        .isEqualTo(sample.request().path("seed").asLong()));
    }

    @Test
    void goes_on_with_the_same_seeds_after_it_was_cut_short() throws IOException {
        RunOutcome whole = run();
        List<Long> seeds = seeds(log(whole).samples().values());
        Path file = whole.folder().log();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 20));
        stack.server().forget();

        RunOutcome again = run();

        assertThat(again.folder().log()).isEqualTo(file);
        assertThat(stack.server().prompts()).hasSize(19);
        assertThat(seeds(log(again).samples().values())).isEqualTo(seeds);
        assertThat(again.result().verdict()).isEqualTo(whole.result().verdict());
    }

    private RunOutcome run() {
        return RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }

    private List<Long> recordedSeeds() {
        return IntStream.range(0, 4)
                .mapToObj(run -> RunLog.read(stack.run(run).resolve("run.jsonl")))
                .flatMap(log -> seeds(log.samples().values()).stream())
                .toList();
    }

    private static List<Long> seeds(Collection<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.key().suite().equals("draws"))
                .map(Sample::seed)
                .toList();
    }

    private static RunLog log(RunOutcome outcome) {
        return RunLog.read(outcome.folder().log());
    }

    private static String draw(String prompt, long seed, int letters) {
        SplittableRandom random = new SplittableRandom(seed * 31 + prompt.hashCode());
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < 8; place++) {
            text.append((char) ('a' + random.nextInt(letters)));
        }
        return text.toString();
    }
}
