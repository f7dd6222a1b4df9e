package dev.lockstep.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LockStatementTest {

    @Test
    void states_id_and_layers_of_the_files() {
        Lock lock = Locks.ofFolder("a".repeat(64));

        assertThat(LockStatement.text(lock)).isEqualTo("""
                {
                  "_type": "https://in-toto.io/Statement/v1",
                  "predicate": {
                    "layers": {
                      "adapters": "notApplicable",
                      "derivation": "notApplicable",
                      "engine": "notApplicable",
                      "generationDefaults": "notApplicable",
                      "hardware": "notApplicable",
                      "launch": "notApplicable",
                      "modelConfig": "notApplicable",
                      "processor": "notApplicable",
                      "provenance": {
                        "observed": {
                          "model.file.README.md": {
                            "gitOid": "1111111111111111111111111111111111111111",
                            "sha256": "DDDD",
                            "size": 1
                          }
                        },
                        "pinned": {
                          "model.file.config.json": {
                            "gitOid": "1111111111111111111111111111111111111111",
                            "sha256": "CCCC",
                            "size": 2
                          }
                        }
                      },
                      "quantization": "notApplicable",
                      "template": "notApplicable",
                      "tokenizer": "notApplicable",
                      "weights": {
                        "pinned": {
                          "model.file.model.safetensors": {
                            "gitOid": "1111111111111111111111111111111111111111",
                            "sha256": "AAAA",
                            "size": 12
                          }
                        }
                      }
                    },
                    "lockId": "ID",
                    "lockVersion": 1,
                    "subject": "tiny"
                  },
                  "predicateType": "lockstep:lock/v1",
                  "subject": [
                    {
                      "digest": {
                        "gitBlob": "1111111111111111111111111111111111111111",
                        "sha256": "CCCC"
                      },
                      "name": "config.json"
                    },
                    {
                      "digest": {
                        "gitBlob": "1111111111111111111111111111111111111111",
                        "sha256": "AAAA"
                      },
                      "name": "model.safetensors"
                    }
                  ]
                }
                """.replace("AAAA", "a".repeat(64))
                .replace("CCCC", "c".repeat(64))
                .replace("DDDD", "d".repeat(64))
                .replace("ID", lock.id().value()));
    }

    @Test
    void refuses_a_lock_without_a_file() {
        Lock opaque = Locks.of(Map.of());

        assertThatThrownBy(() -> LockStatement.text(opaque))
                .isInstanceOf(LockstepException.class)
                .hasMessage("the lock " + opaque.id() + " holds no SHA-256 of a file, so a statement has no subject;"
                        + " name the files in stack.yaml and lock again, or export cyclonedx");
    }
}
