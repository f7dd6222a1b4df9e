package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.client.Credential;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.FileTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the files of a model from wherever they are listed.
 *
 * @param tokens the environment variable that holds the bearer token of a host; a host that is not named gets none
 * @param environment where the variables are looked up
 */
public record ModelTrees(Map<String, String> tokens, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NO_LIST =
            ": answers with no list of files; expected that of /api/models/{repo}/tree/{revision}";
    private static final int MOST_PAGES = 1000;
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
    private static final Pattern RECURSIVE = Pattern.compile("(^|.*&)recursive=.*");

    public ModelTrees {
        tokens = Map.copyOf(tokens);
        environment = Map.copyOf(environment);
    }

    /**
     * Reads a folder, which is hashed; a hub's list of files saved as JSON; a lock; or the URL of a hub's list of files:
     * {@code https://hub/api/models/{repo}/tree/{revision}}.
     *
     * @throws LockstepException of kind CONFIG when a path leads to none of these, or a URL to something else
     */
    public ModelTree read(String location) {
        return location.startsWith("http://") || location.startsWith("https://")
                ? ofHub(url(location))
                : new ModelTree.Known(FileTree.read(Path.of(location)));
    }

    private static URI url(String location) {
        Optional<URI> url = parsed(location).filter(each -> each.getHost() != null && each.getRawUserInfo() == null);
        return url.orElseThrow(() -> new LockstepException(
                ErrorKind.CONFIG,
                "'" + location + "' is no address of a hub; expected https://host/api/models/{repo}/tree/{revision}"));
    }

    private static Optional<URI> parsed(String location) {
        try {
            return Optional.of(new URI(location));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private ModelTree ofHub(URI url) {
        URI root = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        try (ModelClient client = ModelClients.open(endpoint(root, url.getHost()), environment)) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            Optional<String> page = Optional.of(path(url));
            for (int pages = 0; page.isPresent() && pages < MOST_PAGES; pages++) {
                Exchange exchange = client.get(page.get(), PATIENCE);
                if (!exchange.succeeded()) {
                    return refused(root + page.get(), exchange);
                }
                rows.addAll(rows(root + page.get(), exchange));
                page = next(root, exchange);
            }
            return new ModelTree.Known(FileTree.ofHub(url.toString(), rows));
        }
    }

    private EndpointConfig endpoint(URI root, String host) {
        EndpointConfig plain = EndpointConfig.of(root);
        return Optional.ofNullable(tokens.get(host))
                .map(variable -> plain.withCredential(new Credential.TokenVariable(variable)))
                .orElse(plain);
    }

    private static String path(URI url) {
        String query = Optional.ofNullable(url.getRawQuery()).orElse("");
        if (RECURSIVE.matcher(query).matches()) {
            return url.getRawPath() + "?" + query;
        }
        return url.getRawPath() + "?" + (query.isEmpty() ? "" : query + "&") + "recursive=true";
    }

    private static ModelTree refused(String address, Exchange exchange) {
        if (GONE.contains(exchange.status())) {
            return new ModelTree.Gone(address + ": has no such revision (HTTP " + exchange.status() + ")");
        }
        return new ModelTree.Silent(address + ": gives no list (" + exchange.lastError() + ")");
    }

    private static ArrayNode rows(String address, Exchange exchange) {
        try {
            if (JSON.readTree(exchange.body()) instanceof ArrayNode rows) {
                return rows;
            }
            throw new LockstepException(ErrorKind.CONFIG, address + NO_LIST);
        } catch (JsonProcessingException e) {
            throw new LockstepException(ErrorKind.CONFIG, address + NO_LIST, e);
        }
    }

    /** A token must not follow a link to another host. */
    private static Optional<String> next(URI root, Exchange exchange) {
        Matcher link = NEXT.matcher(exchange.headers().getOrDefault("link", ""));
        if (!link.find()) {
            return Optional.empty();
        }
        URI next = root.resolve(link.group(1));
        if (!root.getRawAuthority().equals(next.getRawAuthority())) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    root + ": its list goes on at another host, " + next + "; save all of it to a file");
        }
        return Optional.of(next.getRawPath() + "?" + next.getRawQuery());
    }
}
