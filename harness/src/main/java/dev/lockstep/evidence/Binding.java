package dev.lockstep.evidence;

import dev.lockstep.stack.LocalProcess;
import dev.lockstep.stack.StartSigns;
import java.util.Optional;

/** Whether evidence is about the process that answers. */
sealed interface Binding {

    /** It is, by a sign of this start. */
    record Bound(String by) implements Binding {}

    /** Nobody can tell. */
    record Unbound(String why) implements Binding {}

    /** It is about another start of the server, or another server. */
    record Foreign(String why) implements Binding {}

    /** Compares the process of the evidence with the one that answers, by the first sign that both of them have; another pod is none of these. */
    static Binding of(Evidence evidence, StartSigns answering) {
        if (evidence.process().isEmpty()) {
            return new Unbound("it is about a disk alone, without a process");
        }
        Evidence.Served served = evidence.process().get();
        PodComparison pods = new PodComparison(evidence.container(), answering.pod());
        Optional<Binding> otherPod = pods.contradiction().map(Foreign::new);
        return otherPod.or(() -> equal("its endpoint shows", served.shown(), answering.shown()))
                .or(() -> answering.process().map(process -> local(served, process, answering.boot())))
                .or(() -> pods.sign().map(Bound::new))
                .or(() -> equal("its operator calls it", served.named(), answering.named()))
                .orElseGet(
                        () -> new Unbound("the endpoint shows nothing of the process that answers, and nobody named its"
                                + " start (--epoch, for attest and verify alike)"));
    }

    private static Optional<Binding> equal(String what, Optional<String> evidence, Optional<String> answering) {
        if (evidence.isEmpty() || answering.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                evidence.equals(answering)
                        ? new Bound(what + " " + evidence.get())
                        : new Foreign(what + " " + evidence.get() + ", that of the server that answers is "
                                + answering.get()));
    }

    private static Binding local(Evidence.Served served, LocalProcess process, String boot) {
        String epoch = served.pid() + ":" + served.ticks();
        if (epoch.equals(process.epoch()) && served.boot().equals(boot)) {
            return new Bound("it is process " + epoch + " of this boot");
        }
        String where = served.boot().equals(boot) ? "" : " of another boot or machine";
        return new Foreign("it is process " + epoch + where + ", and " + process.epoch() + " answers, started "
                + process.started());
    }
}
