package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Sha256;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Expected values by {@code git hash-object}. */
final class GitOidTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void names_a_file_as_git_does() {
        assertThat(GitOid.ofBlob(HELLO)).isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
        assertThat(GitOid.ofBlob(new byte[0])).isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }

    @Test
    void names_a_file_in_lfs_by_its_pointer() {
        assertThat(GitOid.ofPointer(Sha256.of(HELLO), HELLO.length))
                .isEqualTo("fa61e1ef71c9908c0926776a4aa3504b3a27f159");
    }
}
