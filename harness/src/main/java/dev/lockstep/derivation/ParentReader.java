package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.SourceFacts;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorRoots;
import dev.lockstep.lock.TensorStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the tensors of parents: in their files, which must be the locked ones, else in sidecars. */
record ParentReader(TensorStore own) {
    private static final String MODEL = "model";
    private static final String PROJECTOR = "projector";

    /**
     * Reads a parent.
     *
     * @throws LockstepException when its lock or a sidecar is damaged, or its files are not those of its lock
     */
    ParentModel read(Parent parent) {
        Optional<Path> file = parent.lock().filter(Files::exists);
        if (file.isEmpty()) {
            return ParentModel.unknown(parent.id(), missing(parent));
        }
        Lock lock = LockFile.read(file.get());
        return parent.weights().filter(Files::isReadable).isPresent()
                ? fromFiles(parent, lock)
                : fromSidecars(file.get(), lock);
    }

    /** Returns a parent whose tensors are kept here under this root; empty when they are not. */
    Optional<ParentModel> kept(Parent parent, String root) {
        Optional<LockId> id = id(parent);
        return own.find(root)
                .map(tensors ->
                        new ParentModel(id, Optional.of(tensors), List.of(), id.isPresent() ? "" : missing(parent)));
    }

    private static String missing(Parent parent) {
        return parent.lock()
                .map(path -> path + ": there is no such lock, so nobody can say what it held")
                .orElse("an id alone says nothing of tensors; name the file of the lock, and where the weights lie");
    }

    private static Optional<LockId> id(Parent parent) {
        return parent.id()
                .or(() ->
                        parent.lock().filter(Files::exists).map(LockFile::read).map(Lock::id));
    }

    private static ParentModel fromFiles(Parent parent, Lock lock) {
        SortedMap<String, Path> parts = new TreeMap<>();
        parent.weights().ifPresent(path -> parts.put(MODEL, path));
        parent.projector().ifPresent(path -> parts.put(PROJECTOR, path));
        TensorDigests tensors = TensorDigests.none();
        for (String role : parts.keySet()) {
            tensors = tensors.and(locked(lock, role, ModelSource.at(parts.getOrDefault(role, Path.of("")))));
        }
        return new ParentModel(Optional.of(lock.id()), Optional.of(tensors), List.copyOf(parts.values()), "");
    }

    private static TensorDigests locked(Lock lock, String role, ModelSource source) {
        SourceFacts facts = source.read(role);
        SortedMap<String, JsonNode> expected =
                new TreeMap<>(lock.layer(Layer.WEIGHTS).pinned());
        expected.keySet().removeIf(field -> !field.startsWith(role + "."));
        if (!expected.equals(normal(facts))) {
            throw new LockstepException(
                    ErrorKind.LOCK,
                    source + ": holds other weights than " + lock.id().brief() + " (" + lock.subject()
                            + "), which the derivation names; name the files that were locked, or the lock of these");
        }
        return facts.tensors();
    }

    private static SortedMap<String, JsonNode> normal(SourceFacts facts) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        facts.proof()
                .getOrDefault(Layer.WEIGHTS, new TreeMap<>())
                .forEach((name, value) -> fields.put(name, CanonicalJson.normal(value)));
        return fields;
    }

    private ParentModel fromSidecars(Path file, Lock lock) {
        Optional<LockId> id = Optional.of(lock.id());
        TensorRoots roots = TensorRoots.of(lock);
        List<TensorDigests> found = new ArrayList<>();
        for (String role : List.of(MODEL, PROJECTOR)) {
            roots.ofRole(role)
                    .flatMap(root -> TensorStore.of(file).find(root).or(() -> own.find(root)))
                    .ifPresent(found::add);
        }
        boolean isThere = roots.ofRole(MODEL).isPresent() && !found.isEmpty();
        return isThere
                ? new ParentModel(id, found.stream().reduce(TensorDigests::and), List.of(), "")
                : ParentModel.unknown(
                        id,
                        file
                                + ": neither its weights nor the list of its tensors lie here; name 'weights', or lock that"
                                + " stack again and keep its folder 'tensors'");
    }
}
