package dev.lockstep.derivation;

import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Stacks that are locked from their files alone, each in a folder of its own. */
public final class LockedModels {
    private final Path root;

    public LockedModels(Path root) {
        this.root = root;
    }

    public Path folder(String name) {
        return root.resolve(name);
    }

    /** Writes the stack.yaml of a stack. */
    public StackConfig config(String name, String more) throws IOException {
        Files.createDirectories(folder(name));
        Files.writeString(folder(name).resolve("stack.yaml"), """
                schema: stack/1
                name: %s
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                """.formatted(name) + more + "\n");
        return StackConfigReader.read(folder(name));
    }

    /** Locks a stack and keeps what stands beside the lock. */
    public Lock lock(String name, String more) throws IOException {
        ResolvedStack resolved = new LockMaker(root, "").resolve(config(name, more), Optional.empty());
        LockFile.write(folder(name).resolve("stack.lock.json"), resolved.lock());
        resolved.keepSidecars(TensorStore.in(folder(name)));
        return resolved.lock();
    }

    /** Locks the folder of a model, and returns what names it as a parent. */
    String parent(String name, Path weights) throws IOException {
        lock(name, "files: {weights: " + weights + "}");
        return "{lock: ../" + name + "/stack.lock.json, weights: " + weights + "}";
    }

    /** Locks the GGUF files of the tiny model, and returns what names them as a parent, without saying where they lie. */
    public String ggufParent(String name) throws IOException {
        lock(name, "files: {weights: " + GgufCopy.TEXT + ", projector: " + GgufCopy.PROJECTOR + "}");
        return "../" + name + "/stack.lock.json";
    }
}
