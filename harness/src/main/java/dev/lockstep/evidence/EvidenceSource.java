package dev.lockstep.evidence;

import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Fetches a file of evidence from a path or a URL. */
final class EvidenceSource {
    private static final long MOST_BYTES = 16L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private EvidenceSource() {}

    /** Returns the text. @throws LockstepException when it cannot be had */
    static String text(String location) {
        return location.startsWith("http://") || location.startsWith("https://")
                ? ofUrl(location)
                : ofFile(Path.of(location));
    }

    private static String ofFile(Path file) {
        try {
            UnreadableFile.requireFile(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is larger than 16 MiB, which no evidence is");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private static String ofUrl(String location) {
        URI url = url(location);
        URI root = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        try (ModelClient client = ModelClients.open(EndpointConfig.of(root), Map.of())) {
            Exchange exchange = client.get(url.getRawPath() + query, PATIENCE);
            if (!exchange.succeeded()) {
                throw unreachable(location, "gives no evidence (" + exchange.lastError() + "); look after its server");
            }
            return exchange.body();
        }
    }

    private static URI url(String location) {
        try {
            URI url = new URI(location);
            if (url.getHost() == null) {
                throw unreachable(location, "names no host; write https://host/path");
            }
            return url;
        } catch (URISyntaxException e) {
            throw unreachable(location, "is no URL; write https://host/path");
        }
    }

    private static LockstepException unreachable(String location, String what) {
        return new LockstepException(ErrorKind.ENDPOINT, location + ": " + what);
    }
}
