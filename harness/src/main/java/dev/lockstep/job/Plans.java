package dev.lockstep.job;

import dev.lockstep.run.Plan;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.suite.Suite;
import java.util.List;

/** Makes the plan of a stack: the suites in the way its engine wants to be asked. */
public final class Plans {

    private Plans() {}

    public static Plan of(StackConfig stack, List<Suite> suites) {
        return new Plan(suites, template(stack));
    }

    private static RequestTemplate template(StackConfig stack) {
        VideoStyle style =
                switch (stack.engine()) {
                    case LLAMA_CPP, OLLAMA -> VideoStyle.INPUT_VIDEO;
                    case VLLM, OPENAI -> VideoStyle.VIDEO_URL;
                };
        return new RequestTemplate(stack.model(), stack.request(), style);
    }
}
