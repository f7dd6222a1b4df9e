package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.Sha256;
import dev.lockstep.stack.EvidenceRules.Digests;
import dev.lockstep.stack.EvidenceRules.Digests.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestListTest {
    private static final String A = "a".repeat(64);
    private static final String BASE64 = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=";

    private static final Path SIGNED = Path.of("src", "test", "resources", "model-signature");

    @TempDir
    Path folder;

    @Test
    void reads_what_sha256sum_prints() throws IOException {
        DigestList list = read(Form.SHA256SUMS, """
                %s  model.gguf
                %s *./sub/two words.bin

                SHA256 (bsd.gguf) = %s
                """.formatted(A, A.toUpperCase(Locale.ROOT), A), "");

        assertThat(list.digests().keySet()).containsExactly("bsd.gguf", "model.gguf", "sub/two words.bin");
        assertThat(list.digests()).containsEntry("sub/two words.bin", A);
        assertThat(list.source()).isEqualTo("digest by the release pipeline (digests)");
    }

    @Test
    void refuses_what_is_no_list() {
        assertThatThrownBy(() -> read(Form.SHA256SUMS, "hello\n", ""))
                .hasMessage(
                        folder.resolve("digests") + ": holds 'hello', which is no line of sha256sum; make it again");
    }

    @Test
    void reads_the_named_files_of_an_artifact() throws IOException {
        String manifest = """
                {"layers":[
                {"mediaType":"application/vnd.cncf.model.weight.v1.raw","digest":"sha256:%s","annotations":{"org.opencontainers.image.title":"model.gguf"}},
                {"mediaType":"application/vnd.cncf.model.weight.v1.tar","digest":"sha256:%s","annotations":{"org.opencontainers.image.title":"packed"}},
                {"mediaType":"application/octet-stream","digest":"sha256:%s"}]}
                """.formatted(A, A, A);
        String reference = "registry.local/qwen@sha256:" + Sha256.of(manifest);

        DigestList list = read(Form.OCI, manifest, reference);

        assertThat(list.digests()).containsOnlyKeys("model.gguf").containsEntry("model.gguf", A);
        assertThat(list.source()).isEqualTo("digest by the release pipeline, artifact " + reference + " (digests)");
    }

    @Test
    void refuses_the_manifest_of_another_artifact() {
        String reference = "registry.local/qwen@sha256:" + A;

        assertThatThrownBy(() -> read(Form.OCI, "{}", reference))
                .hasMessage(folder.resolve("digests") + ": is manifest sha256:" + Sha256.of("{}") + ", not that of "
                        + reference + "; save the bytes as the registry sends them");
        assertThatThrownBy(() -> read(Form.OCI, "{}", "r/n@sha256:" + Sha256.of("{}")))
                .hasMessageContaining("names no file: its layers have no title, or are archives");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ChecksumSHA256\":\"" + BASE64 + "\",\"VersionId\":\"v7\"}",
                "{\"Checksum\":{\"ChecksumSHA256\":\"" + BASE64
                        + "\",\"ChecksumType\":\"FULL_OBJECT\"},\"VersionId\":\"v7\"}"
            })
    void reads_the_checksum_of_an_object(String answer) throws IOException {
        DigestList list = read(Form.OBJECT, answer, "");

        assertThat(list.digests()).containsOnlyKeys("model.gguf").containsEntry("model.gguf", A);
        assertThat(list.source()).isEqualTo("digest by the release pipeline, version v7 (digests)");
    }

    @Test
    void refuses_an_object_without_a_version() {
        assertThatThrownBy(() -> read(Form.OBJECT, "{\"ChecksumSHA256\":\"" + BASE64 + "\"}", ""))
                .hasMessage(
                        folder.resolve("digests")
                                + ": names no VersionId, so the object may be another by now; switch versions on in the bucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"VersionId\":\"v7\"}",
                "{\"ChecksumSHA256\":\"" + BASE64 + "-3\",\"VersionId\":\"v7\"}",
                "{\"ChecksumSHA256\":\"" + BASE64 + "\",\"ChecksumType\":\"COMPOSITE\",\"VersionId\":\"v7\"}"
            })
    void refuses_the_checksum_of_parts(String answer) {
        assertThatThrownBy(() -> read(Form.OBJECT, answer, ""))
                .hasMessage(folder.resolve("digests")
                        + ": holds no ChecksumSHA256 of the whole object (that of parts is none); upload it with a full one,"
                        + " or name a SHA256SUMS file");
    }

    @Test
    void reads_the_files_that_a_publisher_signed() {
        DigestList list = signed("publisher.pem");

        assertThat(list.digests().get("model.safetensors")).matches("[0-9a-f]{64}");
        assertThat(list.source())
                .isEqualTo("digest by the publisher, signed with the key in " + SIGNED.resolve("publisher.pem")
                        + " (model.sig)");
    }

    @Test
    void refuses_a_list_that_somebody_else_signed() {
        assertThatThrownBy(() -> signed("another.pem"))
                .hasMessage(
                        SIGNED.resolve("model.sig") + ": is not signed with the key in "
                                + SIGNED.resolve("another.pem")
                                + ": another one signed the list, or it was changed afterwards; ask the publisher which key is theirs");
    }

    @Test
    void refuses_a_signature_without_the_digest_of_any_file() {
        Digests other = new Digests(
                Form.SIGNATURE,
                SIGNED.resolve("blake3.sig"),
                "the publisher",
                "model",
                "",
                SIGNED.resolve("publisher.pem").toString());

        assertThatThrownBy(() -> DigestList.read(other))
                .hasMessage(SIGNED.resolve("blake3.sig")
                        + ": lists no SHA-256 of a whole file, only of shards or by another hash; sign the model with SHA-256,"
                        + " file by file");
    }

    @Test
    void of_a_list_the_file_counts_that_is_named() throws IOException {
        DigestList list = read(Form.SHA256SUMS, A + "  q8.gguf\n" + A + "  q4.gguf\n", "");

        assertThat(list.meant(named("q8.gguf")).digests()).containsOnlyKeys("q8.gguf");
        assertThat(list.meant(named("")).digests()).hasSize(2);
        assertThatThrownBy(() -> list.meant(named("q5.gguf")))
                .hasMessage(folder.resolve("digests")
                        + ": does not list 'q5.gguf'; it lists 'q4.gguf', 'q8.gguf'; name one of these with 'path'");
    }

    private Digests named(String path) {
        return new Digests(Form.SHA256SUMS, folder.resolve("digests"), "us", "model", path, "");
    }

    private static DigestList signed(String key) {
        return DigestList.read(new Digests(
                Form.SIGNATURE,
                SIGNED.resolve("model.sig"),
                "the publisher",
                "model",
                "",
                SIGNED.resolve(key).toString()));
    }

    private DigestList read(Form form, String text, String reference) throws IOException {
        Path file = Files.writeString(folder.resolve("digests"), text);
        return DigestList.read(new Digests(form, file, "the release pipeline", "model", "model.gguf", reference));
    }
}
