package dev.lockstep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelClientsTest {
    private static final URI URL = URI.create("http://127.0.0.1:8000");
    private static final Path BAD = Path.of("src/test/resources/bad/client");

    @Test
    void opens_without_sending_anything() {
        ModelClients.open(EndpointConfig.of(URL), Map.of()).close();
    }

    @Test
    void names_the_variable_that_is_missing() {
        rejects(
                with(new Credential.TokenVariable("MODEL_TOKEN")),
                "environment variable 'MODEL_TOKEN' is not set: the endpoint takes its bearer token from it; export it");
    }

    @Test
    void names_the_token_file_that_is_missing() {
        rejects(
                with(new Credential.TokenFile(BAD.resolve("nowhere.token"))),
                "token file 'src/test/resources/bad/client/nowhere.token' does not exist: "
                        + "the endpoint takes its bearer token from it; create it or correct the path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty.token     | is empty: expected a bearer token; write the token into it",
                "two-lines.token | holds a blank, a line break or a character outside ASCII within the token: "
                        + "expected one bearer token; write only the token into it"
            })
    void rejects_a_file_that_holds_no_token(String file, String problem) {
        rejects(
                with(new Credential.TokenFile(BAD.resolve(file))),
                "token file 'src/test/resources/bad/client/" + file + "' " + problem);
    }

    @ParameterizedTest
    @CsvSource({"no-certificate.pem, cannot be read as certificates", "nowhere.pem,        does not exist"})
    void rejects_a_file_that_holds_no_certificate(String file, String problem) {
        rejects(
                with(Optional.of(BAD.resolve(file)), Optional.empty()),
                "certificate authority file 'src/test/resources/bad/client/" + file + "' " + problem
                        + ": expected one or more blocks '-----BEGIN CERTIFICATE-----'; correct the path or the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.internal", ":3128", "http://proxy:3128", "proxy:0", "proxy:70000", "proxy:1/x", ""})
    void rejects_a_proxy_that_is_no_address(String proxy) {
        rejects(
                with(Optional.empty(), Optional.of(proxy)),
                "proxy '" + proxy + "' is not host:port; write for example 'proxy.internal:3128'");
    }

    @Test
    void hides_the_password_of_a_proxy() {
        rejects(
                with(Optional.empty(), Optional.of("me:secret@proxy:3128")),
                "proxy '***@proxy:3128' is not host:port; write for example 'proxy.internal:3128'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/", "host:8000", "http:///v1", "http://host?a=b", "http://host#a"})
    void rejects_a_url_that_is_no_root(String url) {
        rejects(
                EndpointConfig.of(URI.create(url)),
                "endpoint url '" + url
                        + "' is not the root of an HTTP server; write for example 'http://127.0.0.1:8000'");
    }

    @Test
    void rejects_a_password_in_the_url_without_showing_it() {
        rejects(
                EndpointConfig.of(URI.create("https://me:secret@model.internal")),
                "endpoint url of host 'model.internal' holds a user name or password: "
                        + "give a token file or a token variable instead");
    }

    @Test
    void tells_all_mistakes_at_once_and_no_secret() {
        EndpointConfig config = new EndpointConfig(
                URL,
                new Credential.TokenVariable("GONE"),
                Map.of(
                        "authorization", new Secret("Bearer 4711"),
                        "Content-Type", new Secret("text/plain"),
                        "Host", new Secret("other"),
                        "X-Key", new Secret("4711\r\nX-Other: 1")),
                Optional.empty(),
                Optional.of("proxy"),
                0,
                Duration.ZERO,
                11);
        String unsendable = "cannot be sent: its name is reserved or malformed, or its value holds a line break or "
                + "control character; correct or remove it";

        rejects(
                config,
                "concurrency 0 is below 1: nothing could be sent; give 1 or more\n"
                        + "retries 11 is outside 0 to 10; give a number within\n"
                        + "timeout PT0S leaves no time for an answer; give for example 60 seconds\n"
                        + "header 'Content-Type' " + unsendable + "\n"
                        + "header 'Host' " + unsendable + "\n"
                        + "header 'X-Key' " + unsendable + "\n"
                        + "header 'authorization' is given beside a bearer token: keep one of the two\n"
                        + "environment variable 'GONE' is not set: the endpoint takes its bearer token from it; export it\n"
                        + "proxy 'proxy' is not host:port; write for example 'proxy.internal:3128'");
    }

    private static void rejects(EndpointConfig config, String message) {
        assertThatThrownBy(() -> ModelClients.open(config, Map.of()))
                .hasMessage(message)
                .asInstanceOf(type(LockstepException.class))
                .satisfies(error -> assertThat(error.kind()).isEqualTo(ErrorKind.CONFIG));
    }

    private static EndpointConfig with(Credential credential) {
        return new EndpointConfig(
                URL, credential, Map.of(), Optional.empty(), Optional.empty(), 1, Duration.ofSeconds(1), 0);
    }

    private static EndpointConfig with(Optional<Path> authority, Optional<String> proxy) {
        return new EndpointConfig(URL, new Credential.None(), Map.of(), authority, proxy, 1, Duration.ofSeconds(1), 0);
    }
}
