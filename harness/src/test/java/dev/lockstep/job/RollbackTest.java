package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.baseline.Intent;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.job.RollbackReport.State;
import dev.lockstep.lock.LockId;
import dev.lockstep.lock.Tier;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles of a stack that Lockstep does not start, and of which parts are missing. */
final class RollbackTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private ServedStack stack;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void knows_from_recorded_runs_that_a_foreign_stack_was_accepted() {
        LockId lock = approved();
        keepIntent(lock);

        RollbackReport report = check(lock);

        assertThat(report.state()).isEqualTo(State.DEGRADED);
        assertThat(report.items())
                .extracting(Item::part, Item::state)
                .containsExactly(
                        tuple("lock", State.READY),
                        tuple("stack.yaml", State.READY),
                        tuple("files", State.NOT_NEEDED),
                        tuple("image", State.NOT_NEEDED),
                        tuple("engine", State.NOT_NEEDED),
                        tuple("launch", State.READY),
                        tuple("probes", State.DEGRADED),
                        tuple("baseline", State.READY));
        assertThat(item(report, "launch").reason())
                .isEqualTo("Lockstep does not start this stack; it was accepted when " + ServedStack.runId(0)
                        + " was recorded");
    }

    @Test
    void looks_at_a_server_that_runs_the_earlier_lock() {
        LockId lock = approved();
        keepIntent(lock);
        RunRequest inForce = stack.request("now");
        RunRequest there = new RunRequest(
                inForce.stack(),
                inForce.folder(),
                inForce.policy(),
                Optional.empty(),
                Optional.of(stack.server().url()),
                Optional.of("now"));

        RollbackReport report = check(there, lock);

        assertThat(report.state()).isEqualTo(State.READY);
        assertThat(item(report, "launch").reason()).isEqualTo(stack.server().url() + " runs");
        assertThat(item(report, "probes").reason()).startsWith("what starts is the locked stack: ");
    }

    @Test
    void takes_the_stack_in_force_where_none_was_kept() {
        LockId lock = approved();
        stack.opaque("tiny@2");

        Item intent = item(check(lock), "stack.yaml");

        assertThat(intent)
                .isEqualTo(new Item(
                        "stack.yaml",
                        State.DEGRADED,
                        "none was kept for this lock; all is looked for where the one in force names it, "
                                + folder.resolve("stack.yaml"),
                        "name the one of then with --intent FILE; `lockstep baseline approve` keeps it from now on"));
    }

    @Test
    void goes_on_with_nothing_when_the_kept_stack_cannot_be_read() throws IOException {
        LockId lock = approved();
        Path kept = new StackFolder(folder).intent(lock);
        Files.writeString(kept, "schema: stack/2\n");

        RollbackReport report = check(lock);

        assertThat(report.state()).isEqualTo(State.IMPOSSIBLE);
        assertThat(report.items()).hasSize(2);
        assertThat(item(report, "stack.yaml").reason()).startsWith(kept + ":1:");
        assertThat(item(report, "stack.yaml").remedy()).isEqualTo("restore it from version control");
    }

    @Test
    void finds_a_lock_that_is_another_than_its_name() throws IOException {
        LockId lock = approved();
        Path file = new StackFolder(folder).approvedLock(lock);
        Files.writeString(file, Files.readString(file).replace("tiny@1", "tiny@9"));

        RollbackReport report = check(lock);

        assertThat(report.items()).singleElement().satisfies(item -> {
            assertThat(item.state()).isEqualTo(State.IMPOSSIBLE);
            assertThat(item.reason()).startsWith(file + ": holds the lock lk1-");
        });
    }

    @Test
    void misses_samples_that_are_gone() throws IOException {
        LockId lock = approved();
        String digest = stack.store().manifests(lock).getFirst().samples();
        Files.delete(stack.workplace().objects().resolve(digest.substring(0, 2)).resolve(digest));

        Item baseline = item(check(lock), "baseline");

        assertThat(baseline.state()).isEqualTo(State.DEGRADED);
        assertThat(baseline.reason()).startsWith("1 of 1 recorded runs have no samples here: ");
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void finds_a_file_that_was_added_where_engines_load_it(Tier tier) throws IOException {
        Path model = folderModel();
        LockId lock = approved();
        assertThat(item(check(lock, tier), "files"))
                .isEqualTo(new Item("files", State.READY, "4 fields of them are the locked ones (full)", ""));

        Files.writeString(model.resolve("chat_template.jinja"), "{{ messages }}");

        assertThat(item(check(lock, tier), "files"))
                .isEqualTo(new Item(
                        "files",
                        State.IMPOSSIBLE,
                        "template model.file.chat_template.jinja: locked (missing), found sha256:"
                                + Sha256.of("{{ messages }}").substring(0, 8) + "…",
                        "put the locked files back where stack.yaml names them"));
    }

    private static List<Tier> tiers() {
        return List.of(new Tier.Full(), new Tier.Cached(), new Tier.Sampled(64, 7));
    }

    /** The smallest folder in Hugging Face's layout: one tensor of one number. */
    private Path folderModel() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("config.json"), "{\"model_type\":\"tiny\"}");
        String header = "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        Files.write(
                model.resolve("model.safetensors"),
                ByteBuffer.allocate(12 + header.length())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length())
                        .put(header.getBytes(StandardCharsets.US_ASCII))
                        .array());
        stack.describe("""
                engine: llama.cpp
                endpoint: {url: "http://192.0.2.1:8000", proxy: "127.0.0.1:%d", retries: 0, timeout_s: 10}
                files: {weights: model}
                floor: []
                """.formatted(stack.server().port()));
        return model;
    }

    @Test
    void refuses_a_folder_of_packages_that_is_not_there() {
        LockId lock = approved();
        Path nowhere = folder.resolve("nowhere");
        RollbackRequest request = new RollbackRequest(
                stack.request("now"), lock, Optional.empty(), new Tier.Full(), true, Map.of(), List.of(nowhere));

        assertThatThrownBy(() -> Rollback.check(request, stack.workplace()))
                .hasMessage(nowhere + ": there is no such folder; name one of wheels, or leave out --packages");
    }

    @Test
    void wants_an_image_in_a_registry_of_ones_own() {
        assertThat(image("image: \"vllm/vllm-openai:v1@" + DIGEST + "\"", ""))
                .isEqualTo(new Item(
                        "image",
                        State.DEGRADED,
                        DIGEST + " lies in no registry of your own, as far as the lock says",
                        "copy it to one, and lock declared: {engine: {mirror: \"registry.example/name@sha256:…\"}}"));
    }

    @Test
    void trusts_no_image_that_is_a_tag_alone() {
        assertThat(image("image: \"vllm/vllm-openai:v1\"", ""))
                .isEqualTo(new Item(
                        "image",
                        State.DEGRADED,
                        "vllm/vllm-openai:v1 is a tag alone, which may name other bytes by now",
                        "lock image: name:tag@sha256:… from now on"));
    }

    @Test
    void takes_no_mirror_of_another_image() {
        String other = "127.0.0.1:1/vllm@sha256:" + "b".repeat(64);

        assertThat(image("image: \"vllm/vllm-openai:v1@" + DIGEST + "\"", ", engine: {mirror: \"" + other + "\"}"))
                .isEqualTo(new Item(
                        "image",
                        State.IMPOSSIBLE,
                        "the mirror '" + other + "' is not the locked image " + DIGEST,
                        "copy the locked image to it"));
    }

    @Test
    void says_when_the_mirror_has_lost_the_image() {
        String mirror = stack.server().url().getAuthority() + "/vllm@" + DIGEST;

        Item image = image("image: \"vllm/vllm-openai:v1@" + DIGEST + "\"", ", engine: {mirror: \"" + mirror + "\"}");

        assertThat(image)
                .isEqualTo(new Item(
                        "image",
                        State.IMPOSSIBLE,
                        stack.server().url() + "/v2/vllm/manifests/" + DIGEST + ": is not there (HTTP 404)",
                        "copy the locked image to the mirror again"));
    }

    private Item image(String image, String declared) {
        stack.describe("""
                engine: openai
                visibility: opaque
                endpoint: {url: "%s", retries: 0, timeout_s: 10}
                declared: {weights: "tiny@1"%s}
                """.formatted(stack.server().url(), declared), image);
        return item(check(approved()), "image");
    }

    private LockId approved() {
        stack.baselined(stack.plan(Cases.words(2)), 1);
        return stack.lock().id();
    }

    private void keepIntent(LockId lock) {
        Intent.keep(new StackFolder(folder), lock, folder.resolve("stack.yaml"));
    }

    private RollbackReport check(LockId lock) {
        return check(stack.request("now"), lock);
    }

    private RollbackReport check(LockId lock, Tier tier) {
        return check(stack.request("now"), lock, tier);
    }

    private RollbackReport check(RunRequest inForce, LockId lock) {
        return check(inForce, lock, new Tier.Full());
    }

    private RollbackReport check(RunRequest inForce, LockId lock, Tier tier) {
        return Rollback.check(
                new RollbackRequest(inForce, lock, Optional.empty(), tier, true, Map.of(), List.of()),
                stack.workplace());
    }

    private static Item item(RollbackReport report, String part) {
        return report.items().stream()
                .filter(item -> item.part().equals(part))
                .findFirst()
                .orElseThrow();
    }
}
