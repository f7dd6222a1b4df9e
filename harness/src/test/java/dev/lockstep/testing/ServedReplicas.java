package dev.lockstep.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of other machines, 192.0.2.1 and so on, which nobody sees but through a proxy; 192.0.2.99 is a router before them all. */
public final class ServedReplicas implements AutoCloseable {
    public static final String ROUTER = "http://192.0.2.99:8000";

    private final List<ChatDouble> servers = new ArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final HttpForwarder proxy = new HttpForwarder(this::asked);

    public ServedReplicas(int number) {
        for (int i = 0; i < number; i++) {
            servers.add(new ChatDouble());
        }
    }

    /** Returns the name of a server, the first being 0. */
    public static String name(int server) {
        return "192.0.2." + (server + 1) + ":8000";
    }

    public static String url(int server) {
        return "http://" + name(server);
    }

    public ChatDouble server(int server) {
        return servers.get(server);
    }

    public List<ChatDouble> servers() {
        return List.copyOf(servers);
    }

    /** Returns the field of stack.yaml by which all are reached, with the fields that name them. */
    public String endpoint(String fields) {
        return "endpoint: {%s, proxy: \"127.0.0.1:%d\", retries: 0, timeout_s: 10}".formatted(fields, proxy.port());
    }

    /** Returns the field that lists all servers. */
    public String listed() {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            urls.add("\"" + url(i) + "\"");
        }
        return "replicas: [" + String.join(", ", urls) + "]";
    }

    private URI asked(String host) {
        int number = Integer.parseInt(host.replaceAll("^192\\.0\\.2\\.|:8000$", ""));
        int server = number == 99 ? turns.getAndIncrement() % servers.size() : number - 1;
        return servers.get(server).url();
    }

    @Override
    public void close() {
        proxy.close();
        servers.forEach(ChatDouble::close);
    }
}
