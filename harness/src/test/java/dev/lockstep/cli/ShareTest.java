package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShareTest {
    @ParameterizedTest
    @CsvSource({"2pp, .02", "2 pp, .02", "0.5%, .005", ".8, .8", "0.02, .02", "95%, .95"})
    void reads_shares_as_people_write_them(String text, double share) {
        assertThat(new Share().convert(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "1", "100pp", "-1pp", "two", "", "1e-3", "nan"})
    void refuses_what_is_no_share(String text) {
        assertThatThrownBy(() -> new Share().convert(text))
                .hasMessage("'" + text + "' is no share above 0 and below 1; write it as 2pp, 2% or .02");
    }
}
