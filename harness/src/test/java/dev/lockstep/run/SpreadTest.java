package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.testing.Cases;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which server is asked for which case. */
final class SpreadTest {
    private static final List<EvalCase> CASES = Cases.words(90).cases();

    /** A client that nobody asks. */
    private record Silent(int number) implements ModelClient {
        @Override
        public Exchange post(String path, JsonNode body, Duration timeout) {
            throw new AssertionError(path);
        }

        @Override
        public Exchange get(String path, Duration timeout) {
            throw new AssertionError(path);
        }

        @Override
        public Exchange head(String path, Duration timeout) {
            throw new AssertionError(path);
        }

        @Override
        public void close() {}
    }

    @Test
    void a_case_meets_the_same_server_whatever_else_is_asked() {
        Spread spread = spread(3);

        assertThat(CASES.reversed().stream()
                        .map(each -> spread.of(each).replica())
                        .toList()
                        .reversed())
                .isEqualTo(
                        CASES.stream().map(each -> spread(3).of(each).replica()).toList());
    }

    @Test
    void every_server_gets_about_as_many_cases() {
        Spread spread = spread(3);

        assertThat(CASES.stream()
                        .collect(Collectors.groupingBy(each -> spread.of(each).replica(), Collectors.counting())))
                .hasSize(3)
                .allSatisfy((replica, cases) -> assertThat(cases).isBetween(15L, 45L));
    }

    @Test
    void rotated_asks_another_server_for_every_case() {
        Spread spread = spread(3);

        assertThat(CASES)
                .allSatisfy(each -> assertThat(spread.rotated().of(each)).isNotEqualTo(spread.of(each)));
        assertThat(spread.rotated().rotated().rotated()).isEqualTo(spread);
    }

    @Test
    void one_address_is_asked_for_everything_under_no_name() {
        Silent client = new Silent(0);

        assertThat(Stream.of(CASES.getFirst(), CASES.getLast()).map(Spread.over(client)::of))
                .containsOnly(new Spread.Target("-", client));
    }

    private static Spread spread(int servers) {
        return new Spread(IntStream.range(0, servers)
                .mapToObj(number -> new Spread.Target("replica-" + number, new Silent(number)))
                .toList());
    }
}
