package dev.lockstep.report;

import static dev.lockstep.report.ReportFixture.evalCase;
import static dev.lockstep.report.ReportFixture.fingerprint;
import static dev.lockstep.report.ReportFixture.scored;
import static dev.lockstep.report.ReportFixture.words;

import dev.lockstep.gate.Diagnosis;
import dev.lockstep.gate.DriftRule;
import dev.lockstep.gate.Finding;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.gate.Trend;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.Invocation;
import dev.lockstep.job.RunResult;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.SampleKey;
import dev.lockstep.suite.EvalCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** One night under each verdict, with samples of tonight and of the baseline. */
record Night(RunResult result, List<ScoredSample> tonight, List<ScoredSample> baseline, List<EvalCase> cases) {
    static final PolicyInForce POLICY =
            new PolicyInForce(GatePolicy.defaults(), new PolicyInForce.Source.Stored(Path.of("store/gate.yaml")));
    static final String LOCK = "lk1-3f9c" + "2ab4".repeat(15);
    private static final String PROMPT = "Read the invoice number.";
    private static final String[] SCENES = {
        "A red circle stands left of a blue square on white ground.",
        "Three green triangles lie in a row, the last one is small.",
        "The picture shows the word LOCK in black letters.",
        "Two yellow discs touch at the centre of the frame."
    };

    static List<Night> all() {
        return List.of(pass(), drift(), lockBroken(), inconclusive(), invalid(), noBaseline());
    }

    static Night pass() {
        Verdict verdict = new Verdict.Pass(List.of(
                "all 46 fingerprint samples are equal to the baseline, and no score moved",
                "profile nightly would have seen a fall of 0.05 in any suite"));
        return asked(verdict, matching(), List.of(same("L1", 46), same("L4", 60)), 0);
    }

    /** A pass for which no token was compared. */
    static Night scoresAlone() {
        return asked(new Verdict.Pass(List.of("L4: 0 of 60 samples differ")), matching(), List.of(same("L4", 60)), 0);
    }

    static Night drift() {
        Verdict verdict = new Verdict.Drift(
                Verdict.Scope.STACK,
                List.of(Layer.PROCESSOR),
                List.of(
                        "21 of 46 fingerprint samples differ where the baseline is exact; the text-only ones are equal",
                        "suite ocr fell from 0.933 to 0.867 (run-level t, p = 0.0156)"));
        List<Finding> findings = List.of(
                new Finding(
                        "L1",
                        Finding.Result.CHANGED,
                        DriftRule.Basis.EQUALITY,
                        OptionalDouble.empty(),
                        46,
                        21,
                        Finding.Severity.WITHIN_MARGIN,
                        "21 samples differ, 9 of them in their tokens; largest |Δ logprob| 0.61",
                        "one token of one answer",
                        List.of(
                                evidence("fingerprint/image-02/0", "token 4", " left", " right"),
                                evidence("fingerprint/image-06/0", "token 7", " `white`|", " grey"))),
                new Finding(
                        "L4",
                        Finding.Result.CHANGED,
                        DriftRule.Basis.RUNS,
                        OptionalDouble.of(0.015625),
                        60,
                        5,
                        Finding.Severity.BEYOND_MARGIN,
                        "suite ocr: −0.067, 95 % interval −0.133 to −0.017",
                        "8 samples of 60 flipping one way (13.3 pp of score)",
                        List.of(evidence("ocr/invoice-07/0", "score exact@1", "1", "0"))),
                new Finding(
                        "L2",
                        Finding.Result.UNDECIDED,
                        DriftRule.Basis.RUNS,
                        OptionalDouble.of(0.08),
                        46,
                        0,
                        Finding.Severity.NONE,
                        "two more runs would decide a shift of 0.002",
                        "",
                        List.of()));
        return asked(verdict, matching(), findings, 0.6);
    }

    /** A drift on a stack that shows nothing but its answers. */
    static Night opaque() {
        Verdict verdict = new Verdict.Drift(
                Verdict.Scope.STACK,
                List.of(Layer.WEIGHTS, Layer.QUANTIZATION, Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE),
                List.of(
                        "L1: 21 of 46 samples differ; 10 of 10 that were asked again gave the same other answer 3 times more",
                        "every prompt has as many tokens as then: no length points to template, tokenizer or processor"));
        List<Check> checks = List.of(
                check(Layer.PROVENANCE, Check.Step.STATIC, Check.Outcome.MATCH, "opaque"),
                check(Layer.PROCESSOR, Check.Step.STATIC, Check.Outcome.MATCH, "Qwen3-VL"),
                check(Layer.ENGINE, Check.Step.STATIC, Check.Outcome.MATCH, "llama.cpp b6871"));
        return asked(verdict, checks, List.of(same("L4", 60)), 0.6);
    }

    /** A false alarm: everything that can be proved is the locked one. */
    static Night verifiedDrift() {
        Verdict verdict = new Verdict.Drift(
                Verdict.Scope.STACK,
                List.of(Layer.HARDWARE),
                List.of("L1: 3 of 46 samples differ; judged by bare equality, which calls noise a difference, too"));
        return asked(verdict, matching(), List.of(same("L4", 60)), 0.6);
    }

    static Night inconclusive() {
        Verdict verdict = new Verdict.Inconclusive(List.of(
                "suite tools fell by 0.017, which 60 samples cannot tell from noise",
                "310 samples would decide a margin of 0.02"));
        Finding finding = new Finding(
                "L4",
                Finding.Result.UNDECIDED,
                DriftRule.Basis.RUNS,
                OptionalDouble.of(0.3438),
                60,
                4,
                Finding.Severity.WITHIN_MARGIN,
                "suite tools: −0.017; 310 samples would decide a margin of 0.02",
                "8 samples of 60 flipping one way (13.3 pp of score)",
                List.of());
        return asked(verdict, matching(), List.of(same("L1", 46), finding), 0);
    }

    static Night noBaseline() {
        Night night = asked(
                new Verdict.NoBaseline(List.of("no baseline is approved under lock " + LOCK.substring(0, 16))),
                matching(),
                List.of(),
                0);
        RunResult result = night.result();
        List<RunResult.SuiteSummary> suites = result.suites().stream()
                .map(suite -> new RunResult.SuiteSummary(
                        suite.suite(), suite.samples(), suite.tonight(), Optional.empty(), 0))
                .toList();
        RunResult without = new RunResult(
                result.stack(),
                result.place(),
                result.profile(),
                result.policy(),
                result.header(),
                result.lockId(),
                result.verdict(),
                result.checks(),
                result.absent(),
                List.of(),
                Optional.empty(),
                result.counts(),
                suites,
                List.of(),
                Optional.empty(),
                Diagnosis.none(),
                RunResult.Sight.nothing());
        return new Night(without, night.tonight(), List.of(), night.cases());
    }

    static Night invalid() {
        Night night = asked(
                new Verdict.Invalid(List.of(
                        "2 of 106 samples failed, maxFailed allows 0: HTTP 503 from http://127.0.0.1:8080",
                        "the epoch changed in mid-run, from 4242-100 to 4301-188: the server was started again")),
                matching(),
                List.of(),
                0);
        List<ScoredSample> tonight = new ArrayList<>(night.tonight());
        tonight.set(0, ReportFixture.failed(tonight.getFirst().sample().key().toString(), "HTTP 503: Loading model"));
        RunResult result = night.result();
        RunResult broken = new RunResult(
                result.stack(),
                result.place(),
                result.profile(),
                result.policy(),
                result.header(),
                result.lockId(),
                result.verdict(),
                result.checks(),
                result.absent(),
                List.of(),
                result.baseline(),
                new RunResult.Counts(106, 104, 0, 2),
                List.of(),
                List.of(),
                Optional.empty(),
                Diagnosis.none(),
                RunResult.Sight.nothing());
        return new Night(broken, tonight, night.baseline(), night.cases());
    }

    /** Nothing answered, so nothing was looked at. */
    static Night unreachable() {
        RunResult invalid = invalid().result();
        RunResult result = new RunResult(
                invalid.stack(),
                invalid.place(),
                invalid.profile(),
                invalid.policy(),
                Optional.empty(),
                invalid.lockId(),
                new Verdict.Invalid(List.of("connection refused")),
                List.of(),
                EnumSet.noneOf(Layer.class),
                List.of(),
                Optional.empty(),
                new RunResult.Counts(106, 0, 0, 0),
                List.of(),
                List.of(),
                Optional.empty(),
                Diagnosis.none(),
                RunResult.Sight.nothing());
        return new Night(result, List.of(), List.of(), planned());
    }

    static Night lockBroken() {
        List<Check> checks = new ArrayList<>(matching());
        checks.removeIf(check -> check.layer() == Layer.TEMPLATE || check.layer() == Layer.LAUNCH);
        checks.add(new Check(
                Layer.TEMPLATE,
                Check.Step.RENDER,
                "probe.tools-two-turns",
                Check.Outcome.MISMATCH,
                Check.Policy.PIN,
                "sha256:9b1c04d7…",
                "sha256:41ee70aa…",
                "the rendered prompt differs at character 212: '<tool_response>' became '<|tool|>'"));
        checks.add(check(Layer.TEMPLATE, Check.Step.DISK, Check.Outcome.MATCH, "sha256:77d0…"));
        checks.add(new Check(
                Layer.LAUNCH,
                Check.Step.PROCESS,
                "cacheTypeK",
                Check.Outcome.MISMATCH,
                Check.Policy.PIN,
                "f16",
                "q8_0",
                "the process was started with --cache-type-k q8_0"));
        Verdict verdict = new Verdict.LockBroken(
                List.of(Layer.TEMPLATE, Layer.LAUNCH),
                List.of(
                        "template: the server renders probe 'tools-two-turns' differently than the locked template",
                        "launch: cacheTypeK is q8_0, locked f16"));
        RunResult result = new RunResult(
                "tiny-qwen3-vl",
                PLACE,
                "nightly",
                POLICY,
                Optional.empty(),
                LOCK,
                verdict,
                checks,
                EnumSet.of(Layer.ADAPTERS),
                List.of(),
                Optional.of(approved()),
                new RunResult.Counts(106, 0, 0, 0),
                List.of(),
                List.of(),
                Optional.empty(),
                Diagnosis.none(),
                RunResult.Sight.nothing());
        return new Night(result, List.of(), List.of(), planned());
    }

    private static final RunResult.Place PLACE = new RunResult.Place(
            "baselines/tiny-qwen3-vl",
            "baselines/tiny-qwen3-vl",
            List.of("suites/fingerprint", "suites/ocr", "suites/tools", "suites/video"),
            Optional.empty(),
            new RunResult.Server(Optional.of("night"), Optional.empty(), Optional.empty(), true),
            new Invocation("scripts/lockstep"));

    private static final Diagnosis SLOWER = new Diagnosis(
            List.of(new Trend("L4", 12.5, 3)),
            List.of(
                    "L5: the median answer took 0.400 s, 2.0 times the slowest approved run (0.200 s); a warning only"));

    private static Night asked(Verdict verdict, List<Check> checks, List<Finding> findings, double shift) {
        RunHeader header = new RunHeader(
                "run-2026-11-20-a1b2", "7".repeat(64), new TreeMap<>(), new TreeMap<>(), LOCK, "4242-100", "");
        boolean moved = shift > 0;
        List<RunResult.SuiteSummary> suites = List.of(
                new RunResult.SuiteSummary("agents", 12, 0.75, Optional.of(0.75), 0),
                new RunResult.SuiteSummary("ocr", 60, moved ? 0.867 : 0.933, Optional.of(0.933), moved ? 5 : 0),
                new RunResult.SuiteSummary("tools", 24, moved ? 0.958 : 0.917, Optional.of(0.917), moved ? 1 : 0),
                new RunResult.SuiteSummary("video", 10, 0.6, Optional.empty(), 0));
        RunResult result = new RunResult(
                "tiny-qwen3-vl",
                PLACE,
                "nightly",
                POLICY,
                Optional.of(header),
                LOCK,
                verdict,
                checks,
                EnumSet.of(Layer.ADAPTERS),
                findings,
                Optional.of(approved()),
                new RunResult.Counts(106, 106, 0, 0),
                suites,
                moved ? List.of("video/clip-11", "video/clip-12") : List.of(),
                Optional.empty(),
                moved ? SLOWER : Diagnosis.none(),
                RunResult.Sight.nothing());
        return new Night(result, samples(shift), samples(0), planned());
    }

    private static List<ScoredSample> samples(double shift) {
        List<ScoredSample> samples = new ArrayList<>();
        boolean moved = shift > 0;
        for (int index = 1; index <= 12; index++) {
            String number = "INV-20" + (300 + 17 * index);
            boolean wrong = moved && index % 4 == 3;
            String answer = wrong ? number.replace("-20", "-2O") + " <script>alert(1)</script>" : number;
            String detail = wrong ? "expected '" + number + "'" : "equal to the reference";
            samples.add(scored(name("ocr/invoice-", index), PROMPT, answer, wrong ? 0 : 1, detail));
        }
        samples.add(scored(
                "tools/weather-1/0",
                PROMPT,
                moved ? "get_weather(Oslo)" : "get_weather()",
                moved ? 1 : 0.25,
                "arguments"));
        for (int index = 1; index <= 16; index++) {
            samples.add(fingerprint(name("text-fingerprint/text-", index), words(SCENES[index % 4]), 0));
        }
        for (int index = 1; index <= 30; index++) {
            String scene = SCENES[index % 4];
            String now = moved && index % 4 == 2 ? scene.replace("black", "dark grey") : scene;
            double step = index % 3 == 0 ? 0 : shift * Math.pow(10, -(index % 11) / 3.0);
            samples.add(fingerprint(name("fingerprint/image-", index), words(now), moved ? step : 0));
        }
        return samples;
    }

    private static String name(String start, int index) {
        return start + (index < 10 ? "0" : "") + index + "/0";
    }

    private static List<EvalCase> planned() {
        List<EvalCase> cases = new ArrayList<>();
        for (int index = 1; index <= 12; index++) {
            cases.add(evalCase(
                    "ocr", "invoice-" + (index < 10 ? "0" : "") + index, PROMPT, "INV-20" + (300 + 17 * index)));
        }
        cases.add(evalCase("fingerprint", "image-02", "Describe the picture.", ""));
        return cases;
    }

    private static RunResult.BaselineSummary approved() {
        return new RunResult.BaselineSummary(
                LOCK,
                List.of("run-2026-11-13-0001", "run-2026-11-13-0002", "run-2026-11-13-0003", "run-2026-11-13-0004"),
                List.of(
                        "L1 deterministic (4 runs, 318 comparisons, 0 mismatches)",
                        "L2 deterministic (4 runs, 318 comparisons, 0 mismatches)",
                        "L4 uncalibrated (4 runs, 180 comparisons, 0 mismatches)"),
                "m.lindqvist",
                6,
                7);
    }

    private static List<Check> matching() {
        return List.of(
                check(Layer.PROVENANCE, Check.Step.STATIC, Check.Outcome.MATCH, "Apache-2.0"),
                check(Layer.WEIGHTS, Check.Step.DISK, Check.Outcome.MATCH, "sha256:0c1f5d…"),
                check(Layer.WEIGHTS, Check.Step.PROCESS, Check.Outcome.MATCH, "inode 812331"),
                check(Layer.QUANTIZATION, Check.Step.DISK, Check.Outcome.MATCH, "Q8_0"),
                check(Layer.TOKENIZER, Check.Step.RENDER, Check.Outcome.MATCH, "214 ids"),
                check(Layer.TEMPLATE, Check.Step.RENDER, Check.Outcome.MATCH, "sha256:9b1c04d7…"),
                check(Layer.MODEL_CONFIG, Check.Step.DISK, Check.Outcome.MATCH, "28 keys"),
                check(Layer.PROCESSOR, Check.Step.LIVE, Check.Outcome.MATCH, "ffmpeg 7.1"),
                check(Layer.GENERATION_DEFAULTS, Check.Step.SAMPLING, Check.Outcome.MATCH, "temperature 0.7"),
                check(Layer.ENGINE, Check.Step.LIVE, Check.Outcome.MATCH, "b6871-f00d"),
                check(Layer.LAUNCH, Check.Step.PROCESS, Check.Outcome.MATCH, "31 parameters"),
                new Check(
                        Layer.DERIVATION,
                        Check.Step.STATIC,
                        "quantizedFrom",
                        Check.Outcome.UNVERIFIABLE,
                        Check.Policy.WARN,
                        "sha256:ab12…",
                        "",
                        "the original lies on no disk here"),
                new Check(
                        Layer.HARDWARE,
                        Check.Step.LIVE,
                        "cpu",
                        Check.Outcome.MISMATCH,
                        Check.Policy.WARN,
                        "EPYC 7763",
                        "Xeon 8480+",
                        "another machine of the pool"));
    }

    private static Check check(Layer layer, Check.Step step, Check.Outcome outcome, String value) {
        return new Check(layer, step, "digest", outcome, Check.Policy.PIN, value, value, "");
    }

    private static Finding same(String detector, int compared) {
        return new Finding(
                detector,
                Finding.Result.SAME,
                DriftRule.Basis.EQUALITY,
                OptionalDouble.empty(),
                compared,
                0,
                Finding.Severity.NONE,
                "all " + compared + " samples are equal",
                "",
                List.of());
    }

    private static Finding.Evidence evidence(String key, String what, String baseline, String tonight) {
        return new Finding.Evidence(SampleKey.of(key), what, baseline, tonight);
    }

    /** Returns the same result, of a stack of which so much could be seen. */
    static RunResult seeing(RunResult result, RunResult.Sight sight) {
        return new RunResult(
                result.stack(),
                result.place(),
                result.profile(),
                result.policy(),
                result.header(),
                result.lockId(),
                result.verdict(),
                result.checks(),
                result.absent(),
                result.findings(),
                result.baseline(),
                result.counts(),
                result.suites(),
                result.unbaselined(),
                result.runLog(),
                result.diagnosis(),
                sight);
    }
}
