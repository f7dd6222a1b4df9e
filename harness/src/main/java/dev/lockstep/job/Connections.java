package dev.lockstep.job;

import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Spread;
import dev.lockstep.stack.Epochs;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.LiveEndpoint.Kind;
import dev.lockstep.stack.LiveReplica;
import dev.lockstep.stack.PodStart;
import dev.lockstep.stack.ProcessEvidence;
import dev.lockstep.stack.Replica;
import dev.lockstep.stack.ReplicaSet.Known;
import dev.lockstep.stack.Replicas;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections to the servers of a stack, one to each, and to the router before them where there is one. */
final class Connections implements AutoCloseable {
    private final RunRequest request;
    private final Workplace workplace;
    private final Known known;
    private final List<LiveReplica> replicas = new ArrayList<>();
    private Optional<LiveEndpoint> router = Optional.empty();

    private Connections(RunRequest request, Workplace workplace, Known known) {
        this.request = request;
        this.workplace = workplace;
        this.known = known;
    }

    /**
     * Connects without looking at anything; an address that the request names takes the place of all servers of stack.yaml.
     *
     * @throws LockstepException of kind ENDPOINT when a managed stack is not up, CONFIG when the settings are wrong
     */
    static Connections open(RunRequest request, Workplace workplace) {
        Known known =
                switch (request.stack().endpoint().replicas()) {
                    case Replicas.Single single -> Known.ONE;
                    case Replicas.Listed listed -> request.url().isPresent() ? Known.ONE : Known.LISTED;
                    case Replicas.Unlisted unlisted -> Known.UNKNOWN;
                };
        Connections connections = new Connections(request, workplace, known);
        try {
            connections.connect();
            return connections;
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private void connect() {
        switch (known) {
            case ONE -> connectOne(Kind.SERVER);
            case UNKNOWN -> connectOne(Kind.ROUTER);
            case LISTED -> connectAll();
        }
    }

    private void connectOne(Kind kind) {
        Optional<RunningStack> running = request.running(workplace);
        StackConfig stack = request.stack();
        URI url = request.url()
                .or(() -> running.map(RunningStack::url))
                .or(() -> stack.endpoint().url())
                .orElseThrow(() -> new LockstepException(
                        ErrorKind.ENDPOINT,
                        stack.file() + ": stack '" + request.serverName()
                                + "' is not up; start it with `lockstep stack up`, or name its address with --url"));
        Optional<String> epoch = request.epoch().or(() -> running.map(up -> up.pid() + ":" + up.startTime()));
        replicas.add(new LiveReplica(url.toString(), endpoint(url, epoch, kind, Optional.empty())));
    }

    private void connectAll() {
        for (Replica replica : request.stack().endpoint().replicas().listed()) {
            Optional<String> epoch = request.epoch().or(() -> replica.start().map(PodStart::epoch));
            replicas.add(new LiveReplica(replica.name(), endpoint(replica.url(), epoch, Kind.SERVER, replica.start())));
        }
        router = request.stack()
                .endpoint()
                .url()
                .map(url -> endpoint(url, request.epoch(), Kind.ROUTER, Optional.empty()));
    }

    private LiveEndpoint endpoint(URI url, Optional<String> epoch, Kind kind, Optional<PodStart> pod) {
        EndpointConfig settings = request.stack().endpoint().at(url);
        ModelClient client = ModelClients.open(settings, workplace.environment());
        return new LiveEndpoint(url, client, epoch, workplace.clock(), kind, pod);
    }

    Known known() {
        return known;
    }

    List<LiveReplica> replicas() {
        return List.copyOf(replicas);
    }

    /** Returns the one server, or of several the one whose process is one of this machine. */
    LiveEndpoint ofThisMachine() {
        if (replicas.size() == 1) {
            return replicas.getFirst().endpoint();
        }
        List<LiveEndpoint> here = replicas.stream()
                .map(LiveReplica::endpoint)
                .filter(endpoint -> endpoint.process() instanceof ProcessEvidence.Seen)
                .toList();
        if (here.size() == 1) {
            return here.getFirst();
        }
        throw new LockstepException(
                ErrorKind.CONFIG,
                request.stack().file() + ": " + here.size() + " of its " + replicas.size()
                        + " replicas are served by this machine; name the one that is meant with --url");
    }

    /** Returns what samples are asked of: the one address, or the listed replicas where no router stands before them. */
    Spread spread() {
        if (known != Known.LISTED) {
            return Spread.over(replicas.getFirst().endpoint().client());
        }
        return router.map(one -> Spread.over(one.client()))
                .orElseGet(() -> new Spread(replicas.stream()
                        .map(replica -> new Spread.Target(
                                replica.name(), replica.endpoint().client()))
                        .toList()));
    }

    /** Returns the start of a server that answers now. @throws LockstepException of kind ENDPOINT when it does not */
    String start(LiveReplica replica) {
        return Epochs.current(request.stack(), replica.endpoint());
    }

    /** Throws when samples go through a router, and it does not answer. */
    void requireRouter() {
        router.ifPresent(one -> Epochs.current(request.stack(), one));
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.endpoint().client().close());
        router.ifPresent(one -> one.client().close());
    }
}
