package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest {
    private static final ChunkTree TREE = new ChunkTree(2, 3, List.of(Sha256.of("ab"), Sha256.of("c")));

    @TempDir
    private Path folder;

    @Test
    void finds_the_chunks_whose_root_the_lock_names() {
        store().keep(TREE);

        assertThat(store().find(TREE.root())).contains(TREE);
        assertThat(store().find(Sha256.of("other"))).isEmpty();
    }

    @Test
    void sha256_of_the_file_is_the_root() throws IOException {
        store().keep(TREE);

        assertThat(Sha256.of(file())).isEqualTo(TREE.root());
        assertThat(Files.readString(file()))
                .isEqualTo("{\"chunkBytes\":2,\"chunks\":[\"" + Sha256.of("ab") + "\",\"" + Sha256.of("c")
                        + "\"],\"size\":3}");
    }

    @Test
    void forged_chunks_are_refused() throws IOException {
        store().keep(TREE);
        Files.writeString(file(), Files.readString(file()).replace(Sha256.of("c"), Sha256.of("d")));

        assertThatThrownBy(() -> store().find(TREE.root()))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCK))
                .hasMessage(file() + ": holds chunks with the root " + Sha256.of(file()) + ", but the lock names "
                        + TREE.root() + "; restore the file from version control, or lock again");
    }

    @Test
    void what_is_no_list_of_chunks_is_refused_though_its_digest_is_the_name() throws IOException {
        for (String text : List.of("{}", "{", "[]", "{\"chunkBytes\":0,\"chunks\":[],\"size\":0}")) {
            Path file = folder.resolve("chunks").resolve(Sha256.of(text) + ".chunks.json");
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);

            assertThatThrownBy(() -> store().find(Sha256.of(text)))
                    .hasMessage(file + ": is no list of chunks; restore the file from version control, or lock again");
        }
    }

    private ChunkStore store() {
        return ChunkStore.beside(TensorStore.in(folder));
    }

    private Path file() {
        return folder.resolve("chunks").resolve(TREE.root() + ".chunks.json");
    }
}
