package dev.lockstep.evidence;

import dev.lockstep.stack.PodStart;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The container that evidence names, beside the pod that answers.
 *
 * @param told what the environment said where the evidence was made
 * @param answering what a saved pod tells; empty where nobody saved one
 */
record PodComparison(Container told, Optional<PodStart> answering) {
    private static final String NO_POD =
            "nobody says which pod answers (endpoint.replicas or launch from a saved pod would)";

    /** Returns why they are not the same; empty while nothing tells them apart. */
    Optional<String> contradiction() {
        return answering.flatMap(pod -> otherPod(pod).or(() -> otherStart(pod)).or(() -> otherImage(pod)));
    }

    /** Returns what shows that they are the same start of the same pod. */
    Optional<String> sign() {
        return answering
                .filter(pod -> told.pod().equals(Optional.of(pod.uid())))
                .flatMap(pod -> told.started().filter(start -> isOneOf(pod, start)))
                .map(start -> "it is of pod " + told.pod().orElseThrow() + ", whose container was started at " + start);
    }

    /** Returns what the evidence names and nothing here can be held against, and why. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        told.pod().filter(uid -> answering.isEmpty()).ifPresent(uid -> add(open, "pod " + uid, NO_POD));
        told.started()
                .filter(start -> answering.isEmpty() || told.pod().isEmpty())
                .ifPresent(start -> add(
                        open,
                        "container start " + start,
                        answering.isEmpty() ? NO_POD : "the evidence does not name its pod (LOCKSTEP_POD_UID)"));
        return open;
    }

    /** Tells whether the image was held against that of the pod. */
    boolean knowsImage() {
        return answering.filter(pod -> !pod.images().isEmpty()).isPresent();
    }

    static void add(List<String> open, String what, String why) {
        open.add(what + " is not compared, because " + why);
    }

    private Optional<String> otherPod(PodStart pod) {
        return told.pod()
                .filter(uid -> !uid.equals(pod.uid()))
                .map(uid -> "it is of pod " + uid + ", and pod " + pod.uid() + " answers");
    }

    private Optional<String> otherStart(PodStart pod) {
        return told.pod()
                .flatMap(uid -> told.started())
                .filter(start -> !isOneOf(pod, start))
                .map(start -> "its container was started at " + start + ", those of the pod that answers at "
                        + String.join(", ", pod.started()));
    }

    private Optional<String> otherImage(PodStart pod) {
        return told.image()
                .filter(image -> knowsImage() && !pod.images().contains(image))
                .map(image ->
                        "its image is " + image + ", and the pod that answers runs " + String.join(", ", pod.images()));
    }

    private static boolean isOneOf(PodStart pod, String start) {
        return pod.started().stream().anyMatch(each -> isSame(each, start));
    }

    /** The same time may be written in several ways. */
    private static boolean isSame(String one, String other) {
        try {
            return Instant.parse(one).equals(Instant.parse(other));
        } catch (DateTimeParseException e) {
            return one.equals(other);
        }
    }
}
