package dev.lockstep.interchange;

import dev.lockstep.lock.LockedFile;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Property;

/** A file of a lock as a component. */
final class FileComponent {
    private FileComponent() {}

    static Component of(LockedFile file) {
        Component component = MlBom.component(Component.Type.FILE, BomIds.ofFile(file.name()), file.name());
        component.addHash(hash(file));
        String layer =
                file.kind() == LockedFile.Kind.NOTE ? "none" : file.layer().key();
        component.addProperty(new Property("lockstep:layer", layer));
        file.size().ifPresent(size -> component.addProperty(new Property("lockstep:size", Long.toString(size))));
        return component;
    }

    static Hash hash(LockedFile file) {
        return new Hash(Hash.Algorithm.SHA_256, file.sha256());
    }
}
