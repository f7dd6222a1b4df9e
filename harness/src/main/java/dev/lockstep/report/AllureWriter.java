package dev.lockstep.report;

import dev.lockstep.client.Timing;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import dev.lockstep.gate.Finding;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunResult;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.Sample;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.MediaFile;
import dev.lockstep.suite.ScorerSpec;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes a run as Allure 2 results: one for each case, its repetitions as steps, and one for the verdict.
 *
 * <p>Only this class knows Allure's model. Ids are made from the run's id, so equal runs give equal bytes. A case's history
 * goes by stack, suite and case: two stacks in one report are no retries of each other, and what changes from run to run
 * (lock, epoch, seed) is excluded.
 */
public final class AllureWriter {
    private final AllureDirectory directory;
    private final RunResult result;
    private final String run;

    private AllureWriter(AllureDirectory directory, RunResult result) {
        this.directory = directory;
        this.result = result;
        this.run = result.header().map(RunHeader::runId).orElse(result.stack() + "/" + result.lockId());
    }

    /**
     * Replaces the results in the run's folder; files that are not Allure's stay. Each planned case becomes a result, asked or
     * not.
     *
     * @param report the drift report's page, which the verdict's result carries along
     */
    public static void write(RunOutcome outcome, String report) {
        AllureWriter writer =
                new AllureWriter(AllureDirectory.cleared(outcome.folder().allure()), outcome.result());
        Map<String, List<ScoredSample>> byCase = outcome.tonight().stream()
                .sorted(Comparator.comparing(sample -> sample.sample().key()))
                .collect(Collectors.groupingBy(sample -> sample.sample().key().casePath()));
        outcome.cases()
                .forEach(evalCase -> writer.writeCase(evalCase, byCase.getOrDefault(evalCase.path(), List.of())));
        writer.writeVerdict(outcome.tonight(), report);
        AllureSurroundings.write(writer.directory, outcome.result());
    }

    private void writeCase(EvalCase evalCase, List<ScoredSample> samples) {
        TestResult test = test(evalCase.path(), evalCase.id(), evalCase.suite());
        test.setDescription(description(evalCase));
        test.getLabels().add(label("feature", feature(evalCase)));
        evalCase.tags().forEach(tag -> test.getLabels().add(label("tag", tag)));
        test.getLabels().add(label("severity", "normal"));
        if (!samples.isEmpty()) {
            test.getParameters()
                    .add(excluded("epoch", samples.getFirst().sample().epoch()));
        }
        judge(test, CaseOutcome.ofCase(result, samples), evalCase.position().toString());
        samples.forEach(sample -> test.getSteps().add(step(sample)));
        time(test, samples);
        directory.result(test.getUuid(), test);
    }

    private void writeVerdict(List<ScoredSample> samples, String report) {
        TestResult test = test("verdict", "Verdict of " + result.profile(), "verdict");
        test.setDescription(VerdictWords.meaning(result));
        test.getLabels().add(label("feature", "verdict"));
        test.getLabels().add(label("severity", "blocker"));
        judge(test, CaseOutcome.ofVerdict(result.verdict()), "");
        result.findings().forEach(finding -> test.getSteps().add(step(finding)));
        time(test, samples);
        test.getAttachments().add(attach("report.html", "text/html", report));
        test.getAttachments().add(attach("verdict.json", "application/json", VerdictJson.text(result)));
        test.getAttachments().add(attach("summary.md", "text/markdown", MarkdownSummary.text(result)));
        directory.result(test.getUuid(), test);
    }

    private TestResult test(String path, String name, String suite) {
        String testCaseId = result.stack() + "/" + path;
        List<Label> labels = new ArrayList<>(List.of(
                label("parentSuite", result.stack()),
                label("suite", suite),
                label("epic", result.profile()),
                label("stack", result.stack()),
                label("lockId", result.lockId()),
                label("framework", "lockstep")));
        return new TestResult()
                .setUuid(uuid(testCaseId))
                .setTestCaseId(testCaseId)
                .setHistoryId(Sha256.of(testCaseId))
                .setFullName(testCaseId)
                .setName(name)
                .setTitlePath(List.of(result.stack(), suite))
                .setLabels(labels)
                .setParameters(new ArrayList<>(List.of(excluded("lock", result.lockId()))))
                .setStage(Stage.FINISHED);
    }

    private StepResult step(ScoredSample scored) {
        Sample sample = scored.sample();
        CaseOutcome outcome = CaseOutcome.ofSample(result, scored);
        String scores = scored.scores().stream()
                .map(score -> score.scorer() + " = " + Figures.score(score.value()))
                .collect(Collectors.joining(", "));
        StepResult step = new StepResult()
                .setName("repetition " + sample.key().repetition() + (scores.isEmpty() ? "" : ": " + scores))
                .setStatus(status(outcome))
                .setStatusDetails(details(outcome, ""))
                .setStage(Stage.FINISHED)
                .setStart(start(sample))
                .setStop(stop(sample));
        step.getParameters().add(excluded("seed", String.valueOf(sample.seed())));
        step.getParameters().add(excluded("replica", sample.replica()));
        String key = sample.key() + "/";
        step.getAttachments()
                .add(attach(key, "request.json", "application/json", CanonicalJson.pretty(sample.request())));
        step.getAttachments()
                .add(attach(
                        key,
                        "response.json",
                        "application/json",
                        sample.exchange().body()));
        return step;
    }

    private static StepResult step(Finding finding) {
        boolean same = finding.result() == Finding.Result.SAME;
        String changed = Figures.share(finding) + (finding.isOfDistributions() ? "" : " changed");
        return new StepResult()
                .setName(finding.detector() + " " + finding.result() + ": " + changed + " ("
                        + finding.basis().words() + ")")
                .setStatus(same ? Status.PASSED : Status.FAILED)
                .setStatusDetails(new StatusDetails().setMessage(finding.effect()))
                .setStage(Stage.FINISHED);
    }

    private Attachment attach(String name, String type, String content) {
        return attach("verdict/", name, type, content);
    }

    private Attachment attach(String owner, String name, String type, String content) {
        String source = uuid(owner + name) + "-attachment" + name.substring(name.lastIndexOf('.'));
        directory.text(source, content);
        return new Attachment().setName(name).setType(type).setSource(source);
    }

    private static void judge(TestResult test, CaseOutcome outcome, String position) {
        test.setStatus(status(outcome)).setStatusDetails(details(outcome, position));
    }

    private static Status status(CaseOutcome outcome) {
        return switch (outcome.status()) {
            case FAILED -> Status.FAILED;
            case BROKEN -> Status.BROKEN;
            case PASSED -> Status.PASSED;
        };
    }

    private static StatusDetails details(CaseOutcome outcome, String position) {
        StatusDetails details = new StatusDetails().setMessage(outcome.message());
        if (outcome.status() == CaseOutcome.Status.PASSED) {
            return details;
        }
        if (!outcome.expected().isEmpty()) {
            details.setExpected(outcome.expected()).setActual(outcome.actual());
        }
        return position.isEmpty() ? details : details.setTrace(outcome.message() + "\n    at " + position);
    }

    private static void time(TestResult test, List<ScoredSample> samples) {
        samples.stream().mapToLong(scored -> start(scored.sample())).min().ifPresent(test::setStart);
        samples.stream().mapToLong(scored -> stop(scored.sample())).max().ifPresent(test::setStop);
    }

    private static long start(Sample sample) {
        Timing timing = sample.exchange().timing();
        return timing.queued().toEpochMilli() + timing.sentMicros() / 1000;
    }

    private static long stop(Sample sample) {
        Timing timing = sample.exchange().timing();
        return timing.queued().toEpochMilli() + timing.doneMicros() / 1000;
    }

    private static String description(EvalCase evalCase) {
        String scorers = evalCase.scorers().stream().map(ScorerSpec::label).collect(Collectors.joining(", "));
        String judged = scorers.isEmpty() ? "Compared with the baseline token by token." : "Scored by " + scorers + ".";
        return judged + " Stands in " + evalCase.position() + ".\n\n"
                + fenced(PromptText.conversation(evalCase.body()));
    }

    private static String fenced(String text) {
        return "~~~~text\n" + text + "\n~~~~";
    }

    private static String feature(EvalCase evalCase) {
        Set<MediaFile.Kind> kinds =
                evalCase.media().stream().map(MediaFile::kind).collect(Collectors.toSet());
        if (kinds.contains(MediaFile.Kind.VIDEO)) {
            return "video";
        }
        if (kinds.contains(MediaFile.Kind.IMAGE)) {
            return "image";
        }
        return evalCase.body().has("tools") ? "tools" : "text";
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static Parameter excluded(String name, String value) {
        return new Parameter().setName(name).setValue(value).setExcluded(true);
    }

    private String uuid(String name) {
        return UUID.nameUUIDFromBytes((run + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
