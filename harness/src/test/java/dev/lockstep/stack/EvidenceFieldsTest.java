package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceFieldsTest {
    private static final String KEY = "MCowBQYDK2VwAyEA" + "a".repeat(43) + "=";

    @TempDir
    Path folder;

    @Test
    void a_stack_without_the_field_asks_for_none() throws IOException {
        assertThat(read("")).isEqualTo(EvidenceRules.none());
    }

    @Test
    void one_place_or_several_with_paths_from_the_folder() throws IOException {
        EvidenceRules one = read("evidence: {from: e.json, keys: [" + KEY + "]}");
        EvidenceRules two =
                read("evidence: {from: [../e.json, \"https://host/e.json\"], max_age: 36h, keys: [" + KEY + "]}");

        assertThat(one.from()).containsExactly(folder.resolve("e.json").toString());
        assertThat(one.maxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(one.keys()).containsExactly(KEY);
        assertThat(two.from()).containsExactly(folder.resolveSibling("e.json").toString(), "https://host/e.json");
        assertThat(two.maxAge()).isEqualTo(Duration.ofHours(36));
    }

    @Test
    void reads_digests_of_four_kinds() throws IOException {
        String reference = "registry.local/qwen@sha256:" + "0".repeat(64);

        EvidenceRules rules = read("""
                evidence:
                  digests:
                    - {sha256sums: SHA256SUMS, source: release pipeline}
                    - {manifest: manifest.json, reference: "%s", source: registry}
                    - {object: head.json, path: mmproj.gguf, source: bucket, role: projector}
                    - {signature: model.sig, key: keys/publisher.pem, path: q8.gguf, source: publisher}
                """.formatted(reference));

        assertThat(rules.digests())
                .containsExactly(
                        new EvidenceRules.Digests(
                                EvidenceRules.Digests.Form.SHA256SUMS,
                                folder.resolve("SHA256SUMS"),
                                "release pipeline",
                                "model",
                                "",
                                ""),
                        new EvidenceRules.Digests(
                                EvidenceRules.Digests.Form.OCI,
                                folder.resolve("manifest.json"),
                                "registry",
                                "model",
                                "",
                                reference),
                        new EvidenceRules.Digests(
                                EvidenceRules.Digests.Form.OBJECT,
                                folder.resolve("head.json"),
                                "bucket",
                                "projector",
                                "mmproj.gguf",
                                ""),
                        new EvidenceRules.Digests(
                                EvidenceRules.Digests.Form.SIGNATURE,
                                folder.resolve("model.sig"),
                                "publisher",
                                "model",
                                "q8.gguf",
                                folder.resolve("keys/publisher.pem").toString()));
    }

    @Test
    void tells_all_mistakes_at_once() {
        assertThatThrownBy(() -> read("""
                evidence:
                  from: e.json
                  max_age: a day
                  keys: [MIIB]
                  digests:
                    - {source: us}
                    - {manifest: m.json, reference: "name:tag", source: us}
                    - {object: o.json}
                """))
                .hasMessageContainingAll(
                        "evidence: 'max_age' is 'a day'; expected such as 90s, 15m, 24h or 7d",
                        "evidence: 'MIIB' is no Ed25519 public key; expected the line between BEGIN and END PUBLIC KEY of its"
                                + " PEM file, MCowBQYDK2VwAyEA…",
                        "evidence: 'from' needs 'keys', for evidence counts by its signature; make one with"
                                + " `lockstep attest keygen`",
                        "an entry of evidence.digests: needs one of sha256sums, manifest, object, signature: the file that holds the"
                                + " digests",
                        "an entry of evidence.digests: 'reference' is 'name:tag'; write the artifact with its digest:"
                                + " registry/name@sha256:…",
                        "an entry of evidence.digests needs 'source'; say who made the digests, such as 'release pipeline'",
                        "an entry of evidence.digests needs 'path'; name the model file that the object holds",
                        "7 problems");
    }

    private EvidenceRules read(String evidence) throws IOException {
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                """ + evidence))
                .evidence();
    }
}
