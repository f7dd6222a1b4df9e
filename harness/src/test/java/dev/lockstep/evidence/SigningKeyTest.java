package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are those of openssl, in both directions. */
final class SigningKeyTest {
    private static final byte[] TEXT = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String REMEDY =
            "; make a pair with `lockstep attest keygen`, or with openssl genpkey -algorithm"
                    + " ed25519 and openssl pkey -pubout";

    @TempDir
    Path folder;

    private Path file;
    private Shell shell;

    @BeforeEach
    void name() {
        file = folder.resolve("attest.key");
        shell = new Shell(folder);
    }

    @Test
    void a_written_key_is_read_again() {
        SigningKey key = SigningKey.generate();
        key.write(file);

        SigningKey read = SigningKey.read(file);

        assertThat(read.id()).isEqualTo(key.id());
        assertThat(EvidenceKey.of(key.publicText()).signed(TEXT, read.sign(TEXT)))
                .isTrue();
    }

    @Test
    void openssl_reads_and_checks_it() throws IOException, InterruptedException {
        SigningKey key = SigningKey.generate();
        key.write(file);
        Files.write(folder.resolve("text"), TEXT);
        Files.write(folder.resolve("signature"), key.sign(TEXT));

        assertThat(shell.succeed("openssl", "pkey", "-in", "attest.key", "-pubout"))
                .isEqualTo(Files.readString(folder.resolve("attest.key.pub")));
        assertThat(shell.succeed(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        "attest.key.pub",
                        "-rawin",
                        "-in",
                        "text",
                        "-sigfile",
                        "signature"))
                .contains("Signature Verified Successfully");
        assertThat(shell.succeed("sh", "-c", "openssl pkey -in attest.key -pubout -outform DER | sha256sum"))
                .startsWith(key.id());
    }

    @Test
    void keys_of_openssl_sign() throws IOException, InterruptedException {
        shell.succeed("openssl", "genpkey", "-algorithm", "ed25519", "-out", "attest.key");
        shell.succeed("openssl", "pkey", "-in", "attest.key", "-pubout", "-out", "attest.key.pub");

        SigningKey key = SigningKey.read(file);

        assertThat(EvidenceKey.of(key.publicText()).signed(TEXT, key.sign(TEXT)))
                .isTrue();
    }

    @Test
    void nobody_else_may_read_the_private_half() throws IOException {
        SigningKey.generate().write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_is_never_overwritten() throws IOException {
        Path other = Files.writeString(folder.resolve("attest.key.pub"), "");

        assertThatThrownBy(() -> SigningKey.generate().write(file))
                .hasMessage(other
                        + ": is there already, and a key is never overwritten, for evidence that it signed would count no more;"
                        + " write it under another name");
        assertThat(file).doesNotExist();
    }

    @Test
    void halves_of_two_keys_are_refused() throws IOException {
        SigningKey.generate().write(file);
        SigningKey.generate().write(folder.resolve("other"));
        Path other = Files.copy(
                folder.resolve("other.pub"), folder.resolve("attest.key.pub"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> SigningKey.read(file))
                .hasMessage(other + ": is the public half of another key than " + file + REMEDY);
    }

    @Test
    void what_is_no_key_is_refused() throws IOException, InterruptedException {
        assertThatThrownBy(() -> SigningKey.read(file)).hasMessage(file + ": there is no such file; check the path");
        Files.writeString(file, "secret");
        assertThatThrownBy(() -> SigningKey.read(file)).hasMessage(file + ": holds no PEM block PRIVATE KEY" + REMEDY);
        shell.succeed("openssl", "genpkey", "-algorithm", "rsa", "-out", "attest.key");
        shell.succeed("openssl", "pkey", "-in", "attest.key", "-pubout", "-out", "attest.key.pub");
        assertThatThrownBy(() -> SigningKey.read(file))
                .hasMessage(file + ": is no Ed25519 key, or " + file + ".pub is not its public half" + REMEDY);
    }
}
