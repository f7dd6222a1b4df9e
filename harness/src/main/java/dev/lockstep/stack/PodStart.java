package dev.lockstep.stack;

import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A start of a pod's containers, as a saved pod tells it.
 *
 * @param uid the pod's id, which no other pod ever has
 * @param started when its containers were started: each may be started anew within its pod
 * @param images the digests of the images that run in them, as far as they are told
 */
public record PodStart(String uid, List<String> started, List<String> images) {

    public PodStart {
        started = List.copyOf(started);
        images = List.copyOf(images);
    }

    /** Reads it from a pod; empty while no container of it runs. */
    static Optional<PodStart> read(Fields metadata, Fields status, Problems problems) {
        List<String> starts = new ArrayList<>();
        List<String> images = new ArrayList<>();
        status.items("containerStatuses").forEach(node -> {
            Fields container = PresentFields.of(node, "a container's status", problems);
            Fields state = PresentFields.of(container.mapping("state"), "a container's state", problems);
            PresentFields.of(state.mapping("running"), "a running container", problems)
                    .text("startedAt")
                    .ifPresent(starts::add);
            ImageName.digest(container.text("imageID", "")).ifPresent(images::add);
        });
        return starts.isEmpty() ? Optional.empty() : metadata.text("uid").map(uid -> new PodStart(uid, starts, images));
    }

    /** Returns the name of this start. */
    public String epoch() {
        return "pod:" + uid + ":" + String.join(",", started);
    }
}
