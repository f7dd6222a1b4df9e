package dev.lockstep.client;

import static dev.lockstep.client.RawServer.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTest {
    private static final String PASSWORD = "for-this-test";

    @TempDir
    Path directory;

    @Test
    void trusts_the_certificates_of_a_pem_file_and_no_unknown_ones() throws Exception {
        Path pem = certificate("server");
        Files.writeString(pem, Files.readString(certificate("other")) + Files.readString(pem));
        HttpsServer server = https(directory.resolve("server.p12"));
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        try {
            assertThat(ask(config(url, Optional.of(pem), Optional.empty())).body())
                    .isEqualTo("{}");
            assertThat(ask(config(url, Optional.empty(), Optional.empty())).attempts())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.error())
                            .startsWith("the TLS handshake failed: ")
                            .endsWith("; when a private authority signed the certificate, give its PEM file to the"
                                    + " endpoint"));
            assertThat(ask(config(url, Optional.of(directory.resolve("other.pem")), Optional.empty()))
                            .succeeded())
                    .isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void trusts_the_platforms_certificates_too() throws Exception {
        TrustManagerFactory platform = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        platform.init((KeyStore) null);
        X509Certificate[] issuers = ((X509TrustManager) platform.getTrustManagers()[0]).getAcceptedIssuers();

        assertThat(issuers).isNotEmpty();
        assertThat(TrustedCertificates.all(certificate("own")))
                .hasSize(1 + issuers.length)
                .contains(issuers);
    }

    @Test
    void asks_through_the_proxy() throws IOException {
        try (RawServer proxy = RawServer.playing(answers(200, "{}"))) {
            String address = "127.0.0.1:" + proxy.url().getPort();
            Exchange exchange =
                    ask(config(URI.create("http://model.invalid:8000"), Optional.empty(), Optional.of(address)));

            assertThat(exchange.attempts()).isEmpty();
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request).startsWith("POST http://model.invalid:8000/v1/chat/completions "));
        }
    }

    private static Exchange ask(EndpointConfig config) {
        try (ModelClient client = ModelClients.open(config, Map.of(), new FixedTime())) {
            return client.post("/v1/chat/completions", JsonNodeFactory.instance.objectNode(), Duration.ofSeconds(20));
        }
    }

    private static EndpointConfig config(URI url, Optional<Path> authority, Optional<String> proxy) {
        return new EndpointConfig(url, new Credential.None(), Map.of(), authority, proxy, 1, Duration.ofSeconds(20), 0);
    }

    private static HttpsServer https(Path keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(keys), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Makes a key with a certificate of its own for 127.0.0.1 and returns the certificate as PEM. */
    private Path certificate(String name) throws Exception {
        Path keys = directory.resolve(name + ".p12");
        makeKeys(name, keys);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(load(keys).getCertificate(name).getEncoded());
        return Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static void makeKeys(String name, Path keys) throws Exception {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -keyalg EC -groupname secp256r1 -ext san=ip:127.0.0.1 -validity 2"
                + " -storetype PKCS12 -storepass " + PASSWORD + " -alias " + name + " -dname CN=" + name + " -keystore";
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(options.split(" ", -1)));
        command.add(keys.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static KeyStore load(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        return store;
    }
}
