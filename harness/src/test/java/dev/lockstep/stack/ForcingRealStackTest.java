package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.client.Answer;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.Forcing;
import dev.lockstep.run.GrammarForcing;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.run.Runner;
import dev.lockstep.run.Sample;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import dev.lockstep.testing.Answers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes a real llama.cpp follow what it said itself: its log-probabilities must be those of the free run, to the last bit. */
@Tag("real")
final class ForcingRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();
    private static final int EACH = 4;
    private static final String OTHER = Answers.body("?!", -1);

    @TempDir
    static Path folder;

    private static LiveEndpoint endpoint;
    private static Plan plan;

    @BeforeAll
    static void start() throws IOException {
        StackConfig config = EMBEDDED.config(folder, "forcing-real");
        endpoint = EMBEDDED.up(config, LaunchOverrides.none());
        RequestTemplate template = new RequestTemplate(
                config.model(),
                JsonNodeFactory.instance.objectNode().put("cache_prompt", false),
                RequestTemplate.VideoStyle.INPUT_VIDEO);
        plan = new Plan(
                Suites.readAll(List.of(Path.of("../suites/tiny-fingerprint")), Scorers.standard()),
                template,
                Profile.WEEKLY);
    }

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    @Test
    void gives_a_forced_answer_the_log_probabilities_of_the_free_one() {
        for (PlannedSample planned : someOfEachKind()) {
            Sample free = new Runner(endpoint.client(), plan.template(), "epoch", Forcing.NONE).ask(planned);
            Forcing forcing = new GrammarForcing(endpoint.client(), plan.template(), same -> Optional.of(free));

            List<ForcedExchange> forced = forcing.force(planned, Answers.answered(planned.key(), OTHER));

            assertThat(forced).as("forced beside %s", planned.key()).hasSize(1);
            assertThat(answer(Answers.answered(planned.key(), OTHER, forced.getFirst()))
                            .scored())
                    .as("tokens of %s", planned.key())
                    .isEqualTo(answer(free).tokens());
        }
    }

    private static Answer answer(Sample sample) {
        return sample.answer().orElseThrow();
    }

    /** Text, tools with text, images and video; images with tools cannot be forced. */
    private static List<PlannedSample> someOfEachKind() {
        List<PlannedSample> wanted = new ArrayList<>();
        Map<String, List<EvalCase>> byKind = plan.suites().stream()
                .map(Suite::cases)
                .flatMap(List::stream)
                .filter(each -> each.media().isEmpty() || !each.body().has("tools"))
                .collect(Collectors.groupingBy(
                        each -> each.stratum().orElse("") + each.body().has("tools")));
        byKind.values()
                .forEach(cases -> cases.stream().limit(EACH).forEach(each -> wanted.addAll(Plan.samplesOf(each))));
        return wanted;
    }
}
