package dev.lockstep.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.stack.Engine;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.suite.Suite;
import java.util.List;

/** Makes the plan of a stack: the suites in the way its engine wants to be asked. */
public final class Plans {

    private Plans() {}

    /** Plans all of some suites, as a baseline needs it. */
    public static Plan of(StackConfig stack, List<Suite> suites) {
        return new Plan(suites, template(stack), Profile.asksAll(suites));
    }

    /**
     * Plans what a profile asks of some suites.
     *
     * @throws LockstepException of kind CONFIG when that is nothing
     */
    public static Plan of(StackConfig stack, List<Suite> suites, Profile profile) {
        Plan plan = of(stack, suites).with(profile);
        if (plan.cases().isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    "profile '" + profile.key() + "' asks nothing of these suites: "
                            + (profile == Profile.SMOKE
                                    ? "it asks suites of role 'fingerprint'"
                                    : "all their cases are tagged 'weekly'")
                            + "; name others with --suites, or another profile with --profile or in gate.yaml");
        }
        return plan;
    }

    private static RequestTemplate template(StackConfig stack) {
        VideoStyle style =
                switch (stack.engine()) {
                    case LLAMA_CPP, OLLAMA -> VideoStyle.INPUT_VIDEO;
                    case VLLM, OPENAI -> VideoStyle.VIDEO_URL;
                };
        return new RequestTemplate(stack.model(), extras(stack), style);
    }

    /** Without the ids of its tokens nobody could give vLLM an answer again. */
    private static ObjectNode extras(StackConfig stack) {
        ObjectNode extras = stack.request();
        if (stack.engine() == Engine.VLLM && !extras.has("return_token_ids")) {
            extras.put("return_token_ids", true);
        }
        return extras;
    }
}
