package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.HubRows;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.TinyModelFolder;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verifying tells of the places that stack.yaml names beside the model. */
final class MirrorChecksTest {
    private static final String MANIFEST = "{\"schemaVersion\":2}";
    private static final String DIGEST = "sha256:" + Sha256.of(MANIFEST);

    @TempDir
    Path temporary;

    private Path root = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void place() throws IOException {
        root = temporary.toRealPath();
        TinyModelFolder.copyTo(root.resolve("model"));
        copy = TinyModelFolder.copyTo(root.resolve("copy"));
    }

    @Test
    void a_copy_is_compared_file_by_file() throws IOException {
        String files = "files: {weights: model, mirrors: [copy]}";

        assertThat(told(files)).containsExactly("mirror %s MATCH: IN_SYNC ".formatted(copy));

        FlippedByte.in(copy.resolve("chat_template.jinja"), "assistan", 'x');
        assertThat(told(files))
                .containsExactly("mirror %s MISMATCH: WEIGHTS_ONLY UPSTREAM_MOVED: other there: chat_template.jinja"
                        .formatted(copy));
    }

    @Test
    void what_moved_elsewhere_breaks_no_lock_and_is_shown_under_provenance() throws IOException {
        StackConfig config = config("files: {weights: model, mirrors: [copy]}");
        Lock lock = lock(config);
        FlippedByte.in(copy.resolve("chat_template.jinja"), "assistan", 'x');

        try (ServerDouble server = ServerDouble.vllm()) {
            Verification verification = Verifier.verify(lock, config, server.endpoint(), Optional.empty());

            assertThat(verification.broken()).isEmpty();
            assertThat(verification.checks())
                    .filteredOn(check -> check.step() == Check.Step.MIRROR)
                    .extracting(Check::layer, Check::outcome, Check::policy)
                    .containsExactly(tuple(Layer.PROVENANCE, Check.Outcome.MISMATCH, Check.Policy.WARN));
        }
    }

    @Test
    void a_list_of_a_hub_is_read_from_its_file_or_its_url() throws IOException {
        Files.writeString(root.resolve("tree.json"), HubRows.of(copy));
        try (ServerDouble hub = ServerDouble.generic().with("/api/models/tiny/vl/tree/main", HubRows.of(copy))) {
            String url = hub.url() + "/api/models/tiny/vl/tree/main";

            assertThat(told("files: {weights: model, mirrors: [tree.json, \"%s\"]}".formatted(url)))
                    .containsExactly(
                            "mirror %s MATCH: IN_SYNC ".formatted(root.resolve("tree.json")),
                            "mirror %s MATCH: IN_SYNC ".formatted(url));
        }
    }

    @Test
    void a_revision_that_is_gone_has_moved_and_what_does_not_answer_was_not_checked() throws IOException {
        try (ServerDouble hub = ServerDouble.generic();
                ServerDouble gated = ServerDouble.unauthorised()) {
            List<String> told = told(
                    "files: {weights: model, mirrors: [\"%s/api/models/a/b/tree/c\", \"%s/api/models/a/b/tree/c\", nowhere]}"
                            .formatted(hub.url(), gated.url()));

            assertThat(told.get(0))
                    .contains("MISMATCH: MISSING_REVISION UPSTREAM_MOVED: ")
                    .endsWith("(HTTP 404)");
            assertThat(told.get(1)).contains("NOT_CHECKED:  ").contains(": gives no list (");
            assertThat(told.get(2))
                    .isEqualTo("mirror %1$s NOT_CHECKED:  %1$s: there is no such file or folder; check the path"
                            .formatted(root.resolve("nowhere")));
        }
    }

    @Test
    void files_without_a_name_are_looked_for_by_their_digest() throws IOException {
        Path models = Files.createDirectories(root.resolve("published"));
        Path file = Files.copy(TinyGguf.model(), models.resolve("vl-F16.gguf"));
        String files = "files: {weights: %s, mirrors: [published]}".formatted(TinyGguf.model());

        assertThat(told(files)).containsExactly("mirror %s MATCH: IN_SYNC ".formatted(models));

        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 200] ^= 1;
        Files.write(file, bytes);
        assertThat(told(files))
                .containsExactly(
                        "mirror %s MISMATCH: OUT_OF_SYNC UPSTREAM_MOVED: no file there has the digest of: model"
                                .formatted(models));
    }

    @Test
    void a_tag_of_the_image_is_asked_what_it_stands_for() throws IOException {
        try (ServerDouble registry = ServerDouble.generic().with("/v2/team/vllm/manifests/v1", MANIFEST)) {
            String host = "127.0.0.1:" + registry.url().getPort();
            String stack = "image: vllm/vllm-openai:v1@%s\nfiles: {weights: model, mirrors: [\"oci://" + host
                    + "/team/vllm:%s\"]}";

            assertThat(told(stack.formatted(DIGEST, "v1")))
                    .containsExactly("mirror oci://%s/team/vllm:v1 MATCH: IN_SYNC ".formatted(host));
            assertThat(told(stack.formatted("sha256:" + "0".repeat(64), "v1")))
                    .containsExactly(
                            "mirror oci://%s/team/vllm:v1 MISMATCH: TAG_OVERWRITTEN UPSTREAM_MOVED: stands for %s"
                                    .formatted(host, DIGEST));
            assertThat(told(stack.formatted(DIGEST, "v2")).getFirst()).contains(" MISMATCH: TAG_GONE UPSTREAM_MOVED: ");
        }
    }

    private List<String> told(String more) throws IOException {
        StackConfig config = config(more);
        return new MirrorChecks(lock(config))
                .run(config.files().mirrors()).stream()
                        .map(check ->
                                check.field() + " " + check.outcome() + ": " + check.actual() + " " + check.note())
                        .toList();
    }

    private Lock lock(StackConfig config) {
        return new LockMaker(root, "").lock(config, Optional.empty());
    }

    private StackConfig config(String more) throws IOException {
        return StackConfigReader.read(Files.writeString(root.resolve("stack.yaml"), """
                schema: stack/1
                name: mirrored
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                %s
                """.formatted(more)));
    }
}
