package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that the real model_signing made, held against locks of the model that it signed and of others. */
final class LockCheckSignatureCommandTest {
    private static final Path FIXTURE = Path.of("src", "test", "resources", "model-signature");
    private static final String NOT_CHECKED =
            "signature: NOT CHECKED, only the list was compared: anybody can write such a"
                    + " list. Name the signer's public key with --key, or use --list-only when you checked it elsewhere\n";

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        try (Stream<Path> files = Files.list(FIXTURE.resolve("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                visibility: visible
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: model}
                """);
    }

    @ParameterizedTest
    @CsvSource({"model.sig, publisher.pem, SHA256withECDSA", "certified.sig, certificate.pem, SHA384withECDSA"})
    void the_signed_model_is_told_from_its_key_or_certificate(String signature, String key, String algorithm) {
        CommandRun run = check(signature, "--key", FIXTURE.resolve(key).toString());

        assertThat(run.output()).isEqualTo("""
                signature: is of the key that you named (%s)
                files: 4 the same, and none that counts differs
                """.formatted(algorithm));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void without_a_key_the_list_alone_is_no_proof() {
        CommandRun run = check("model.sig");

        assertThat(run.output()).isEqualTo(NOT_CHECKED + "files: 4 the same, and none that counts differs\n");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(check("model.sig", "--list-only").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"model.sig, another.pem, SHA256withECDSA", "certified.sig, publisher.pem, SHA256withECDSA"})
    void the_signature_of_another_key_is_refused(String signature, String key, String algorithm) {
        CommandRun run = check(signature, "--key", FIXTURE.resolve(key).toString());

        assertThat(run.output()).isEqualTo("""
                signature: is NOT of the key that you named (%s): another one signed the list, or it was changed afterwards
                files: 4 the same, and none that counts differs
                """.formatted(algorithm));
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void names_every_file_that_is_not_as_signed() throws IOException {
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"tiny\", \"hidden_size\": 5}");
        Files.writeString(model.resolve("README.md"), "Another text.\n");
        Files.writeString(model.resolve("modeling_tiny.py"), "import os\n");
        Files.delete(model.resolve("chat_template.jinja"));

        CommandRun run =
                check("model.sig", "--key", FIXTURE.resolve("publisher.pem").toString());

        assertThat(run.output()).isEqualTo("""
                note     README.md: differs from what was signed
                file     chat_template.jinja: was signed, and the lock does not hold it
                file     config.json: differs from what was signed
                file     modeling_tiny.py: is in the lock, and was not signed
                signature: is of the key that you named (SHA256withECDSA)
                files: 1 the same, and the lock is not of the model that was signed
                """);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void what_no_engine_loads_does_not_count() throws IOException {
        Files.delete(model.resolve("README.md"));
        Files.writeString(model.resolve("notes.txt"), "x");

        CommandRun run = check("model.sig", "--json", "--list-only");

        assertThat(run.output()).isEqualTo("""
                {
                  "differences": [
                    {
                      "counts": false,
                      "kind": "NOT_LOCKED",
                      "path": "README.md"
                    },
                    {
                      "counts": false,
                      "kind": "NOT_SIGNED",
                      "path": "notes.txt"
                    }
                  ],
                  "match": true,
                  "same": 3,
                  "signature": "NOT_CHECKED"
                }
                """);
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"shards.sig, 3, model.safetensors", "blake3.sig, 0, README.md"})
    void names_what_no_lock_has_the_digest_of(String signature, int same, String first) {
        CommandRun run =
                check(signature, "--key", FIXTURE.resolve("publisher.pem").toString());

        assertThat(run.output())
                .contains(
                        first
                                + ": was signed in shards or by another hash than SHA-256; verify it with model_signing itself\n",
                        "files: " + same + " the same, ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void an_entry_that_was_renamed_breaks_the_signature() throws IOException {
        Path edited = edited("\"config.json\"", "\"params.json\"");

        CommandRun run = check(edited, "--key", FIXTURE.resolve("publisher.pem").toString());

        assertThat(run.output()).isEqualTo("""
                file     config.json: is in the lock, and was not signed
                file     params.json: was signed, and the lock does not hold it
                signature: is NOT of the key that you named (SHA256withECDSA): another one signed the list, or it was changed afterwards
                files: 3 the same, and the lock is not of the model that was signed
                """);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            4894ee9b | 5894ee9b | its list of files is not the one that its subject has the digest of: it was put together by hand
            signature/v1.0 | signature/v2.0 | its statement has the predicateType 'https://model_signing/signature/v2.0', expected 'https://model_signing/signature/v1.0'
            Statement/v1 | Statement/v2 | its statement has the _type 'https://in-toto.io/Statement/v2', expected 'https://in-toto.io/Statement/v1'
            chat_template.jinja | config.json | its list has 'config.json' twice
            """)
    void a_list_that_contradicts_itself_is_refused(String before, String after, String message) throws IOException {
        Path edited = edited(before, after);

        CommandRun run = check(edited);

        assertThat(run.errors()).isEqualTo(edited + ": " + message + "; name a model.sig that model_signing wrote\n");
        assertThat(run.exitCode()).isEqualTo(64);
    }

    /** Changes the signed statement, and nothing around it. */
    private Path edited(String before, String after) throws IOException {
        String bundle = Files.readString(FIXTURE.resolve("model.sig"));
        String payload = bundle.replaceFirst("(?s).*\"payload\":\"([^\"]+)\".*", "$1");
        String text = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
        byte[] changed = text.replace(before, after).getBytes(StandardCharsets.UTF_8);
        return Files.writeString(
                folder.resolve("edited.sig"),
                bundle.replace(payload, Base64.getEncoder().encodeToString(changed)));
    }

    private CommandRun check(String signature, String... more) {
        return check(FIXTURE.resolve(signature), more);
    }

    private CommandRun check(Path signature, String... more) {
        assertThat(CommandRun.of("lock", "--offline", "--stack", folder.toString())
                        .exitCode())
                .isZero();
        String[] words = {"lock", "check-signature", signature.toString(), "--stack", folder.toString()};
        return CommandRun.of(
                Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
    }
}
