package dev.lockstep.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.gate.Finding;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.job.TrendFile;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.stack.ReplicaSetJson;
import java.nio.file.Path;
import java.util.List;

/** The verdict for machines: {@code verdict.json}, schema {@code verdict/1}. */
public final class VerdictJson {
    static final String SCHEMA = "verdict/1";

    private VerdictJson() {}

    /** Returns the whole file: canonical, indented, without a time, so that equal runs give equal bytes. */
    public static String text(RunResult result) {
        return CanonicalJson.pretty(node(result));
    }

    /** Returns the same as a JSON value. */
    public static ObjectNode node(RunResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("schema", SCHEMA);
        putVerdict(node, result.verdict());
        result.diagnosis().attribution().ifPresent(found -> node.set("attribution", AttributionJson.of(found)));
        putRun(node, result);
        putPolicy(node.putObject("policy"), result.policy());
        putSight(node, result.sight());
        putChecks(node, result.checks());
        ArrayNode findings = node.putArray("findings");
        result.findings().forEach(finding -> putFinding(findings.addObject(), finding));
        ArrayNode suites = node.putArray("suites");
        result.suites().forEach(suite -> putSuite(suites.addObject(), suite));
        putTexts(node.putArray("unbaselined"), result.unbaselined());
        putTexts(node.putArray("notes"), result.diagnosis().notes());
        node.set("trends", TrendFile.json(result.diagnosis().trends()));
        return node;
    }

    /** Reads the short form back. @throws dev.lockstep.document.LockstepException when the file is no verdict */
    public static VerdictSummary read(Path file) {
        return VerdictFile.read(file);
    }

    private static void putVerdict(ObjectNode node, Verdict verdict) {
        node.put("verdict", verdict.name()).put("exitCode", verdict.exitCode());
        putTexts(node.putArray("reasons"), verdict.reasons());
        putTexts(
                node.putArray("layers"),
                verdict.layers().stream().map(Layer::key).toList());
        if (verdict instanceof Verdict.Drift drift) {
            node.put("scope", drift.scope().name());
        }
    }

    private static void putRun(ObjectNode node, RunResult result) {
        node.put("stack", result.stack())
                .put("profile", result.profile())
                .put("lockId", result.lockId())
                .put("tier", result.place().tier());
        result.header()
                .ifPresent(header -> node.put("runId", header.runId())
                        .put("planHash", header.planHash())
                        .put("epoch", header.epoch()));
        result.baseline().ifPresent(baseline -> {
            ObjectNode to = node.putObject("baseline");
            to.put("lockId", baseline.lockId()).put("approvedBy", baseline.approvedBy());
            putTexts(to.putArray("runs"), baseline.runIds());
            putTexts(to.putArray("calibration"), baseline.calibration());
        });
        RunResult.Counts counts = result.counts();
        node.putObject("counts")
                .put("planned", counts.planned())
                .put("answered", counts.answered())
                .put("refused", counts.refused())
                .put("failed", counts.failed());
    }

    private static void putPolicy(ObjectNode to, PolicyInForce policy) {
        GatePolicy values = policy.values();
        to.putNull("file");
        policy.file().ifPresent(file -> to.put("file", file.toString()));
        to.put("profile", values.profile().key()).put("judging", PolicyLine.judging(values));
        to.putObject("levels")
                .put("screen", values.levels().screen())
                .put("confirm", values.levels().confirm());
        values.weights().forEach(to.putObject("weights")::put);
        to.putObject("margins")
                .put("scores", values.margins().scores())
                .put("divergence", values.margins().divergence())
                .put("length", values.margins().length());
        values.reach().forEach(to.putObject("reach")::put);
        ObjectNode tiers = to.putObject("tiers");
        putTexts(tiers.putArray("critical"), values.tiers().critical());
        putTexts(tiers.putArray("supporting"), values.tiers().supporting());
        putTexts(tiers.putArray("advisory"), values.tiers().advisory());
        to.put("maxFailed", values.maxFailed()).put("minCompared", values.minCompared());
        ArrayNode waivers = to.putArray("waivers");
        values.waivers()
                .forEach(waiver -> waivers.addObject()
                        .put("name", waiver.name())
                        .put("reason", waiver.reason())
                        .put("expires", waiver.expires().toString()));
    }

    private static void putSight(ObjectNode node, RunResult.Sight sight) {
        sight.coverage()
                .ifPresent(known -> node.putObject("fields")
                        .put("pinned", known.pinned())
                        .put("declared", known.declared())
                        .put("observed", known.observed())
                        .put("unknown", known.unknown()));
        sight.replicas().ifPresent(replicas -> {
            ObjectNode to = ReplicaSetJson.write(replicas);
            sight.answered().forEach(to.putObject("answered")::put);
            node.set("replicas", to);
        });
    }

    private static void putChecks(ObjectNode node, List<Check> checks) {
        ObjectNode coverage = node.putObject("coverage");
        for (Check.Outcome outcome : Check.Outcome.values()) {
            long count =
                    checks.stream().filter(check -> check.outcome() == outcome).count();
            coverage.put(outcome.name(), count);
        }
        node.set("checks", CheckJson.write(checks));
    }

    private static void putFinding(ObjectNode to, Finding finding) {
        to.put("detector", finding.detector()).put("result", finding.result().name());
        to.put("basis", finding.basis().words()).put("effect", finding.effect());
        to.put("severity", finding.severity().name()).put("reach", finding.reach());
        to.put("compared", finding.compared()).put("changed", finding.changed());
        to.putNull("pValue");
        if (finding.isTested()) {
            finding.pValue().ifPresent(p -> to.put("pValue", p));
        }
        ArrayNode evidence = to.putArray("evidence");
        finding.evidence()
                .forEach(one -> evidence.addObject()
                        .put("key", one.key().toString())
                        .put("what", one.what())
                        .put("baseline", one.baseline())
                        .put("tonight", one.tonight()));
    }

    private static void putSuite(ObjectNode to, RunResult.SuiteSummary suite) {
        to.put("suite", suite.suite()).put("samples", suite.samples()).put("flipped", suite.flipped());
        to.put("tonight", suite.tonight()).putNull("baseline");
        suite.baseline().ifPresent(mean -> to.put("baseline", mean));
    }

    private static void putTexts(ArrayNode to, List<String> texts) {
        texts.forEach(to::add);
    }
}
