package dev.lockstep.client;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds every mistake in an endpoint's configuration before anything is sent. */
final class EndpointCheck {
    private static final Set<String> OWN_HEADERS = Set.of("content-type", "user-agent");
    private final List<String> problems = new ArrayList<>();

    private EndpointCheck() {}

    /** Throws CONFIG with one line for each mistake. */
    static void check(EndpointConfig config, Map<String, String> environment) {
        EndpointCheck check = new EndpointCheck();
        check.url(config.url());
        check.limits(config);
        new TreeMap<>(config.headers()).forEach((name, value) -> check.header(name, value, config.credential()));
        check.noting(() -> new BearerToken(config.credential(), environment).read());
        check.noting(() -> config.certificateAuthority().ifPresent(TrustedCertificates::with));
        check.noting(() -> config.proxy().ifPresent(ProxyAddress::read));
        if (!check.problems.isEmpty()) {
            throw new LockstepException(ErrorKind.CONFIG, String.join("\n", check.problems));
        }
    }

    private void url(URI url) {
        if (url.getRawUserInfo() != null) {
            problems.add("endpoint url of host '" + url.getHost()
                    + "' holds a user name or password: give a token file or a token variable instead");
            return;
        }
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            problems.add("endpoint url '" + url
                    + "' is not the root of an HTTP server; write for example 'http://127.0.0.1:8000'");
        }
    }

    private void limits(EndpointConfig config) {
        if (config.concurrency() < 1) {
            problems.add("concurrency " + config.concurrency() + " is below 1: nothing could be sent; give 1 or more");
        }
        if (config.retries() < 0 || config.retries() > 10) {
            problems.add("retries " + config.retries() + " is outside 0 to 10; give a number within");
        }
        if (config.timeout().compareTo(Duration.ZERO) <= 0) {
            problems.add("timeout " + config.timeout() + " leaves no time for an answer; give for example 60 seconds");
        }
    }

    private void header(String name, Secret value, Credential credential) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("authorization") && !(credential instanceof Credential.None)) {
            problems.add("header '" + name + "' is given beside a bearer token: keep one of the two");
        } else if (OWN_HEADERS.contains(lower) || !isSendable(name, value)) {
            problems.add(
                    "header '" + name + "' cannot be sent: its name is reserved or malformed, or its value holds a "
                            + "line break or control character; correct or remove it");
        }
    }

    private static boolean isSendable(String name, Secret value) {
        try {
            HttpRequest.newBuilder().header(name, value.reveal());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void noting(Runnable step) {
        try {
            step.run();
        } catch (LockstepException e) {
            problems.add(e.getMessage());
        }
    }
}
