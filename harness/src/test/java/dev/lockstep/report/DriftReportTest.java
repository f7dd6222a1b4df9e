package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

class DriftReportTest {

    static List<Night> nights() {
        return Night.all();
    }

    @ParameterizedTest
    @MethodSource("nights")
    void every_verdict_has_a_page_that_needs_no_script_and_no_second_file(Night night) throws IOException {
        String page = page(night);

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains(night.result().verdict().name())
                .contains("exit code " + night.result().verdict().exitCode())
                .contains(night.result().lockId())
                .contains("<dt>Policy</dt><dd>" + PolicyLine.of(Night.POLICY) + "</dd>")
                .doesNotContain("<script", "<link", "<img", "src=", "href=", "http-equiv", "@import", "url(");
        night.result().verdict().reasons().forEach(reason -> assertThat(page).contains(escaped(reason)));
        keepForLooking(night, page);
    }

    @ParameterizedTest
    @MethodSource("nights")
    void a_page_is_well_formed(Night night) throws Exception {
        String body = page(night).replaceFirst("<!DOCTYPE html>\n", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var root = builder.parse(new InputSource(new StringReader(body))).getDocumentElement();
        assertThat(root.getElementsByTagName("h1").getLength()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("nights")
    void equal_input_gives_equal_bytes(Night night) {
        Night again = Night.all().stream()
                .filter(other -> other.result().verdict().equals(night.result().verdict()))
                .findFirst()
                .orElseThrow();
        assertThat(page(night)).isEqualTo(page(again));
    }

    @Test
    void a_finding_says_whether_it_matters_and_what_it_could_have_seen() {
        StringBuilder section = new StringBuilder();
        FindingSection.html(Night.drift().result()).writeTo(section);

        assertThat(section.toString())
                .contains(
                        "L1 compares the tokens of the fingerprint prompts, L2 the log-probabilities of those tokens, L3 answers"
                                + " that are sampled anew in each run, L4 the scores of all other answers.")
                .contains(">within the margin</td>")
                .contains(">beyond the margin</td>")
                .contains("Smallest change that would have been seen: one token of one answer");
    }

    @Test
    void what_a_model_says_is_text_and_never_markup() {
        String page = page(Night.drift());
        assertThat(page)
                .contains("INV-2<mark>O351</mark> &lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("INV-2<mark>0351</mark>");
    }

    @Test
    void marks_the_first_token_that_differs_and_names_the_case() {
        String page = page(Night.drift());
        assertThat(page).contains("fingerprint/image-02/0", "<code> black</code>", "<code> dark</code>");
    }

    @Test
    void shows_all_thirteen_layers_and_calls_the_moved_ones_moved() {
        String page = page(Night.lockBroken());
        assertThat(page.split("class=\"moved\"", -1)).hasSize(3);
        assertThat(page)
                .contains("<strong>template</strong>", "<strong>launch</strong>", "<tr role=\"row\" class=\"moved\">");
        assertThat(page.split("<th scope=\"row\"", -1)).hasSizeGreaterThan(13);
    }

    @Test
    void layers_of_a_drift_are_named_as_not_ruled_out_and_a_verified_stack_is_not_accused() {
        assertThat(words(page(Night.opaque())))
                .contains("Cannot be ruled out: weights quantization engine launch hardware");
        assertThat(words(page(Night.verifiedDrift())))
                .contains(
                        "Every other layer that fits the evidence is proved to be the locked one; not proved: hardware")
                .contains("this is noise that the baseline does not know yet");
    }

    @Test
    void layers_that_do_not_apply_are_counted_apart() {
        assertThat(page(Night.pass()))
                .contains("<dt>Layers that match (1 not applicable)</dt><dd>10 of 12</dd>")
                .doesNotContain("Layers only declared");
        assertThat(page(Night.opaque())).contains("<dt>Layers only declared</dt><dd>1</dd>");
    }

    @Test
    void a_stack_that_was_not_reached_shows_no_layers() {
        assertThat(page(Night.unreachable()))
                .contains("<dt>Answered</dt><dd>0 of 106</dd>")
                .doesNotContain("Layers", "nothing tells of it");
        assertThat(MarkdownSummary.text(Night.unreachable().result())).doesNotContain("### Layers");
    }

    @Test
    void a_command_is_never_broken_within_a_word() {
        assertThat(page(Night.noBaseline()))
                .contains(" <span>--stack</span> <span>baselines/tiny-qwen3-vl</span>")
                .contains(" <span>--why</span> <span>'first baseline'</span> <span>--by</span>");
    }

    @Test
    void a_pass_without_fingerprints_says_how_to_have_tokens_compared() {
        assertThat(words(page(Night.scoresAlone())))
                .contains("To have tokens compared as well, add a suite of role 'fingerprint' to baseline and run.");
        assertThat(words(page(Night.pass()))).doesNotContain("To have tokens compared");
    }

    @Test
    void a_drift_leads_to_an_approved_baseline_by_commands_that_can_be_pasted() {
        assertThat(words(page(Night.drift())))
                .containsSubsequence(
                        "scripts/lockstep verify --stack baselines/tiny-qwen3-vl --running night",
                        "scripts/lockstep run --stack baselines/tiny-qwen3-vl --suites suites/fingerprint suites/ocr"
                                + " suites/tools suites/video --running night",
                        "scripts/lockstep lock --stack baselines/tiny-qwen3-vl --running night",
                        "scripts/lockstep baseline record --stack baselines/tiny-qwen3-vl --suites suites/fingerprint"
                                + " suites/ocr suites/tools suites/video --running night",
                        "scripts/lockstep baseline approve --stack baselines/tiny-qwen3-vl --why 'the change is"
                                + " wanted' --by \"$(id -un)\"".replace("\"", "&quot;"));
    }

    @Test
    void cases_without_a_baseline_are_named_with_the_command_that_records_them() {
        assertThat(words(page(Night.drift())))
                .contains(
                        "video/clip-11",
                        "video/clip-12",
                        "scripts/lockstep baseline record --stack baselines/tiny-qwen3-vl");
    }

    @Test
    void samples_without_an_answer_are_listed_with_the_last_error() {
        assertThat(page(Night.invalid()))
                .contains("Samples without an answer", "<code>ocr/invoice-01/0</code>", "HTTP 503: Loading model");
        assertThat(page(Night.pass())).doesNotContain("Samples without an answer");
    }

    @Test
    void a_fingerprint_without_any_difference_is_said_in_words_and_not_plotted() {
        assertThat(page(Night.pass()))
                .contains("Of 46 samples with log-probabilities, 46 are equal to the last digit, 0 have other tokens.")
                .doesNotContain("logarithmic axis");
        assertThat(page(Night.drift())).contains("logarithmic axis", "class=\"diamond\"");
    }

    @Test
    void the_style_sheet_needs_no_escaping() throws IOException {
        try (var css = DriftReport.class.getResourceAsStream("report.css")) {
            assertThat(css).isNotNull();
            assertThat(new String(css.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("<", ">", "&", "\"");
        }
    }

    /** What a reader copies: the page without its tags. */
    private static String words(String page) {
        return page.replaceAll("<[^>]*>", "");
    }

    private static String page(Night night) {
        return DriftReport.html(night.result(), night.tonight(), night.baseline(), night.cases());
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Html.text(text).writeTo(escaped);
        return escaped.toString();
    }

    /** Pages are for eyes: the last test run leaves one for each verdict under {@code target/report-previews}. */
    private static void keepForLooking(Night night, String page) throws IOException {
        Path previews = Files.createDirectories(Path.of("target/report-previews"));
        Files.writeString(previews.resolve(night.result().verdict().name() + ".html"), page);
    }
}
