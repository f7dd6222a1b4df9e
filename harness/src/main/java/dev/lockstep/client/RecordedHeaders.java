package dev.lockstep.client;

import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The response headers that may be recorded: what the answer is, who gave it, when to ask again, where more of it is. */
final class RecordedHeaders {
    private static final Set<String> ALLOWED = Set.of(
            "content-type",
            "link",
            "retry-after",
            "server",
            "x-backend",
            "x-backend-server",
            "x-gateway-destination-endpoint-served",
            "x-pod-name",
            "x-replica",
            "x-replica-id",
            "x-request-id",
            "x-served-by",
            "x-upstream");

    private RecordedHeaders() {}

    /** Returns the allowed ones, names in lower case, several values joined by a comma. */
    static Map<String, String> of(HttpHeaders headers) {
        Map<String, String> allowed = new TreeMap<>();
        ALLOWED.forEach(name -> {
            if (headers.firstValue(name).isPresent()) {
                allowed.put(name, String.join(", ", headers.allValues(name)));
            }
        });
        return allowed;
    }
}
