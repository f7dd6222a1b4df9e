package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.StartSigns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pod that evidence names, and the one that a saved file says answers. */
final class PodComparisonTest {
    private static final String START = "2026-11-22T07:59:58Z";

    @Test
    void the_same_start_of_the_same_pod_binds() {
        PodComparison same = compare(told("uid-1", START, Sample.DIGEST), Sample.pod("uid-1", "other", START));

        assertThat(same.contradiction()).isEmpty();
        assertThat(same.sign()).contains("it is of pod uid-1, whose container was started at " + START);
        assertThat(same.open()).isEmpty();
        assertThat(compare(told("uid-1", "2026-11-22T08:59:58+01:00", ""), Sample.pod("uid-1", START))
                        .sign())
                .isPresent();
    }

    @Test
    void another_pod_another_start_and_another_image_are_told() {
        assertThat(compare(told("uid-2", START, ""), Sample.pod("uid-1", START)).contradiction())
                .contains("it is of pod uid-2, and pod uid-1 answers");
        assertThat(compare(told("uid-1", "2026-11-21T00:00:00Z", ""), Sample.pod("uid-1", START))
                        .contradiction())
                .contains(
                        "its container was started at 2026-11-21T00:00:00Z, those of the pod that answers at " + START);
        assertThat(compare(told("uid-1", START, "sha256:f00"), Sample.pod("uid-1", START))
                        .contradiction())
                .contains("its image is sha256:f00, and the pod that answers runs " + Sample.DIGEST);
    }

    @Test
    void a_pod_alone_tells_no_start() {
        PodComparison pods = compare(told("uid-1", "", ""), Sample.pod("uid-1", START));

        assertThat(pods.contradiction()).isEmpty();
        assertThat(pods.sign()).isEmpty();
    }

    @Test
    void what_cannot_be_compared_is_said() {
        String why =
                " is not compared, because nobody says which pod answers (endpoint.replicas or launch from a saved pod would)";

        assertThat(compare(told("uid-1", START, ""), Sample.nothing()).open())
                .containsExactly("pod uid-1" + why, "container start " + START + why);
        assertThat(compare(told("", START, ""), Sample.pod("uid-1", START)).open())
                .isEqualTo(List.of("container start " + START
                        + " is not compared, because the evidence does not name its pod (LOCKSTEP_POD_UID)"));
        assertThat(compare(Container.none(), Sample.nothing()).open()).isEmpty();
    }

    private static PodComparison compare(Container told, StartSigns answering) {
        return new PodComparison(told, answering.pod());
    }

    private static Container told(String pod, String started, String image) {
        return new Container(filled(pod), filled(started), filled(image));
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
