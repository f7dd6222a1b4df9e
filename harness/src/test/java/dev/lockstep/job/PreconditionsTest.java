package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Cases;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PreconditionsTest {
    private static final String HINT = "ffmpeg is not on PATH; install it";

    @Test
    void refuses_videos_on_a_stack_that_cannot_decode_them() {
        assertThatThrownBy(() -> Preconditions.check(plan("image", "video"), () -> Optional.of(HINT)))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.PREREQUISITE))
                .hasMessage(
                        "the plan holds videos, but this stack cannot decode them: ffmpeg is not on PATH; install it");
    }

    @Test
    void lets_videos_pass_on_a_stack_that_decodes_them() {
        assertThatCode(() -> Preconditions.check(plan("video"), Optional::empty))
                .doesNotThrowAnyException();
    }

    @Test
    void does_not_look_at_the_stack_when_there_is_no_video() {
        assertThatCode(() -> Preconditions.check(plan("image"), () -> {
                    throw new AssertionError("looked");
                }))
                .doesNotThrowAnyException();
    }

    private static Plan plan(String... requires) {
        Suite words = Cases.words(1);
        Suite suite = new Suite(
                "clips",
                words.version(),
                words.description(),
                words.role(),
                Set.of(requires),
                words.tags(),
                words.cases(),
                Path.of("clips/suite.yaml"));
        RequestTemplate template = new RequestTemplate(
                "tiny", JsonNodeFactory.instance.objectNode(), RequestTemplate.VideoStyle.INPUT_VIDEO);
        return new Plan(List.of(words, suite), template, Profile.NIGHTLY);
    }
}
