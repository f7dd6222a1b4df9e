package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownSummaryTest {

    @Test
    void a_drift_reads_as_the_golden_file_says() {
        assertThat(MarkdownSummary.text(Night.drift().result())).isEqualTo(Golden.text("drift.summary.md"));
    }

    @Test
    void a_broken_lock_reads_as_the_golden_file_says() {
        assertThat(MarkdownSummary.text(Night.lockBroken().result())).isEqualTo(Golden.text("lock-broken.summary.md"));
    }

    @ParameterizedTest
    @CsvSource({
        "PASS,         Nothing to do.",
        "DRIFT,        scripts/lockstep verify --stack baselines/tiny-qwen3-vl",
        "LOCK_BROKEN,  baselines/tiny-qwen3-vl/locks/lk1-",
        "INCONCLUSIVE, 'Or give the scored suites more cases, as many as the reason says'",
        "INVALID,      scripts/lockstep stack up baselines/tiny-qwen3-vl --name night",
        "NO_BASELINE,  --why 'first baseline'"
    })
    void each_verdict_says_what_to_do_next(String verdict, String step) {
        Night night = Night.all().stream()
                .filter(one -> one.result().verdict().name().equals(verdict))
                .findFirst()
                .orElseThrow();
        String text = MarkdownSummary.text(night.result());
        String next = text.substring(text.indexOf("### What to do next"));
        assertThat(text)
                .startsWith("## " + verdict + " · tiny-qwen3-vl · exit code "
                        + night.result().verdict().exitCode() + "\n");
        assertThat(next.substring(0, next.indexOf("###", 3))).contains(step);
    }

    @Test
    void a_value_cannot_break_its_cell() {
        assertThat(Markdown.code("a`b|c\nd")).isEqualTo("``a`b\\|c⏎d``");
        assertThat(Markdown.text("<b>*x*</b> | y")).isEqualTo("&lt;b>\\*x\\*&lt;/b> \\| y");
    }
}
