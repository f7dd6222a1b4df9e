package dev.lockstep.report;

import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.suite.EvalCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The verdict for people: one HTML file that needs no script, no network and no second file. */
public final class DriftReport {
    private DriftReport() {}

    /**
     * Returns the page; equal input gives equal bytes.
     *
     * @param tonight the run's samples; empty when nothing was asked
     * @param baseline the samples of the approved runs, the first run first; empty without a baseline
     * @param cases whose references stand beside the answers whose score moved
     */
    public static String html(
            RunResult result, List<ScoredSample> tonight, List<ScoredSample> baseline, List<EvalCase> cases) {
        List<SamplePair> pairs = SamplePair.of(tonight, baseline, result.unbaselined());
        Html answers = Html.all(
                FindingSection.html(result),
                ScoreSection.html(result),
                FlipSection.html(pairs, cases),
                FingerprintSection.html(pairs));
        Html layers = Html.all(ReplicaSection.html(result), LayerSection.html(result));
        Html main = Html.tag(
                "main",
                VerdictHeader.html(result),
                SilenceSection.html(tonight),
                tellingFirst(result.verdict(), layers, answers),
                FactSection.unbaselined(result),
                FactSection.html(result, tonight, baseline));
        String title = result.verdict().name() + " · " + result.stack() + " · Lockstep";
        Html page = Html.tag("html", head(title), Html.tag("body", main).classed(VerdictHeader.tone(result.verdict())))
                .with("lang", "en");
        StringBuilder text = new StringBuilder("<!DOCTYPE html>\n");
        page.writeTo(text);
        return text.append('\n').toString();
    }

    private static Html tellingFirst(Verdict verdict, Html layers, Html answers) {
        return verdict instanceof Verdict.LockBroken ? Html.all(layers, answers) : Html.all(answers, layers);
    }

    private static Html head(String title) {
        return Html.tag(
                "head",
                Html.tag("meta").with("charset", "utf-8"),
                Html.tag("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Html.tag("meta").with("name", "color-scheme").with("content", "light dark"),
                Html.tag("title", title),
                Html.tag("style", style()));
    }

    private static String style() {
        try (InputStream css = DriftReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("report.css lies beside this class in the jar", e);
        }
    }
}
