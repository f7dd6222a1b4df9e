package dev.lockstep.job;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.job.RollbackReport.State;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.Verification;
import dev.lockstep.stack.Verifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a lock's launch is accepted, and what it starts is the locked stack.
 *
 * <p>The stack is started under a name and on a port of its own, and ended again. A server that runs it elsewhere may be named; of a
 * stack that nobody can start, the recorded runs tell that it was accepted then.
 */
record RollbackStart(RollbackRequest request, Lock lock, StackConfig config, Workplace workplace) {
    private static final String LAUNCH = "launch";
    private static final String PROBES = "probes";

    List<Item> items(List<Item> engine, RollbackRuns runs) {
        if (request.inForce().url().isPresent()) {
            return running(request.inForce().url().get(), runs);
        }
        if (config.launch().isEmpty() || !request.mayStart()) {
            return untried(runs, config.launch().isEmpty() ? "Lockstep does not start this stack" : "not started");
        }
        boolean isThere = engine.stream().allMatch(item -> item.state().compareTo(State.DEGRADED) < 0);
        return isThere ? started(runs) : untried(runs, "not started, for its engine is not here");
    }

    private List<Item> untried(RollbackRuns runs, String why) {
        Item launch = runs.first()
                .map(run -> Item.ready(LAUNCH, why + "; it was accepted when " + run + " was recorded"))
                .orElseGet(() ->
                        Item.degraded(LAUNCH, why + ", and no recorded run tells that it was ever accepted", start()));
        return List.of(launch, Item.degraded(PROBES, why, "verify after it is started: `lockstep verify`"));
    }

    private String start() {
        return config.launch().isEmpty()
                ? "name a server that runs it: --url URL"
                : "let it be started: leave out --no-start";
    }

    private List<Item> started(RollbackRuns runs) {
        String name = config.name() + "-rollback-" + ProcessHandle.current().pid();
        try {
            RunningStack running =
                    workplace.stacks().up(config, LaunchOverrides.none().withName(name));
            try {
                List<Item> items =
                        new ArrayList<>(List.of(Item.ready(LAUNCH, "started on a port of its own, and ended again")));
                items.addAll(seen(running.url(), runs));
                return items;
            } finally {
                workplace.stacks().down(name);
            }
        } catch (LockstepException refused) {
            String why = refused.getMessage().lines().findFirst().orElse("");
            return List.of(
                    Item.impossible(LAUNCH, why, "see what the server says, and put back what it lacks"),
                    Item.degraded(PROBES, "nothing runs that could be looked at", "mend the launch first"));
        }
    }

    private List<Item> running(URI url, RollbackRuns runs) {
        try {
            List<Item> items = new ArrayList<>(List.of(Item.ready(LAUNCH, url + " runs")));
            items.addAll(seen(url, runs));
            return items;
        } catch (LockstepException silent) {
            return untried(runs, silent.getMessage());
        }
    }

    private List<Item> seen(URI url, RollbackRuns runs) {
        try (var client = ModelClients.open(config.endpoint().at(url), workplace.environment())) {
            LiveEndpoint endpoint =
                    new LiveEndpoint(url, client, request.inForce().epoch(), workplace.clock());
            Verification verification = Verifier.verify(lock, config, endpoint, recorded());
            Item probes = verified(verification);
            return probes.state() == State.IMPOSSIBLE
                    ? List.of(probes)
                    : List.of(probes, new RollbackAnswers(client, runs).item());
        }
    }

    private Optional<Probes> recorded() {
        StackFolder folder = request.inForce().folder();
        Path file = folder.probes(lock.id());
        return Files.exists(file) ? Optional.of(Probes.read(file)) : Optional.empty();
    }

    private Item verified(Verification verification) {
        List<Layer> broken = verification.broken();
        if (!broken.isEmpty()) {
            String told = broken.stream()
                    .map(layer -> new BrokenLayer(verification.breaking(layer)).sentence())
                    .collect(Collectors.joining("; "));
            return Item.impossible(PROBES, "what starts is not the locked stack: " + told, "put back what differs");
        }
        List<Layer> open = verification.belowFloor();
        if (!open.isEmpty()) {
            return Item.degraded(
                    PROBES,
                    "could not be verified: " + open.stream().map(Layer::key).collect(Collectors.joining(", ")),
                    "look where they can be read");
        }
        return Item.ready(
                PROBES,
                "what starts is the locked stack: " + verification.checks().size() + " checks");
    }
}
