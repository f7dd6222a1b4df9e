package dev.lockstep.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.RunResult;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Allure shows beside the results: environment, categories of failures, who ran it. */
final class AllureSurroundings {
    private AllureSurroundings() {}

    static void write(AllureDirectory directory, RunResult result) {
        directory.properties("environment.properties", environment(result));
        directory.json("categories.json", categories());
        directory.json("executor.json", executor(result));
    }

    private static SortedMap<String, String> environment(RunResult result) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("stack", result.stack());
        values.put("profile", result.profile());
        values.put("policy", PolicyLine.of(result.policy()));
        values.put("lock", result.lockId());
        values.put("verdict", result.verdict().name());
        result.header().ifPresent(header -> {
            values.put("run", header.runId());
            values.put("epoch", header.epoch());
            values.put("plan", header.planHash());
        });
        result.baseline().ifPresent(baseline -> values.put("baseline", String.join(", ", baseline.runIds())));
        return values;
    }

    private static ArrayNode categories() {
        ArrayNode categories = JsonNodeFactory.instance.arrayNode();
        category(categories, "Verdict is not PASS", "(DRIFT|INCONCLUSIVE|NO_BASELINE|INVALID): .*");
        category(categories, "Lock is broken", "LOCK_BROKEN: .*");
        category(categories, "Differs from the baseline", "differs from the baseline: .*");
        category(categories, "Wrong answer", "wrong: .*");
        category(categories, "Refused", "refused: .*");
        category(categories, "Endpoint failed", "endpoint: .*");
        return categories;
    }

    private static void category(ArrayNode categories, String name, String message) {
        ObjectNode category = categories.addObject().put("name", name).put("messageRegex", "(?s)" + message);
        category.putArray("matchedStatuses").add("failed").add("broken");
    }

    private static ObjectNode executor(RunResult result) {
        ObjectNode executor = JsonNodeFactory.instance.objectNode();
        executor.put("name", "Lockstep").put("type", "lockstep");
        result.header().ifPresent(header -> executor.put("buildName", header.runId()));
        return executor.put("reportName", result.stack() + " " + result.profile());
    }
}
