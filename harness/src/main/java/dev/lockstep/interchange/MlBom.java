package dev.lockstep.interchange;

import dev.lockstep.document.CanonicalJson;
import dev.lockstep.lock.LayerTable;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFile;
import dev.lockstep.lock.LockedFileList;
import java.util.ArrayList;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.metadata.ToolInformation;

/**
 * A lock as a CycloneDX 1.6 bill of materials: the stack, and as its components the model with its files, the engine, packages and
 * programs.
 *
 * <p>It has no timestamp, and its serial number follows from the lock id: the same lock gives the same bytes.
 */
public final class MlBom {
    private static final Version VERSION = Version.VERSION_16;

    private MlBom() {}

    /** Returns the bill as canonical JSON. */
    public static String text(Lock lock) {
        Bom bom = new Bom();
        bom.setSerialNumber(BomIds.serialNumber(lock.id()));
        bom.setMetadata(metadata(lock));
        List<Component> parts = parts(lock);
        bom.setComponents(parts);
        bom.setDependencies(dependencies(parts));
        return CanonicalJson.pretty(BomGeneratorFactory.createJson(VERSION, bom).toJsonNode());
    }

    private static Metadata metadata(Lock lock) {
        Component stack = component(Component.Type.APPLICATION, BomIds.STACK, lock.subject());
        stack.setVersion(lock.id().value());
        stack.setDescription("a model and its whole inference stack, as locked");
        LayerTable.of(lock, lock).stream()
                .filter(row -> !row.before().isEmpty())
                .forEach(row -> stack.addProperty(new Property("lockstep:layer:" + row.layer(), row.before())));
        ToolInformation tools = new ToolInformation();
        tools.setComponents(List.of(component(Component.Type.APPLICATION, "tool", "lockstep")));
        Metadata metadata = new Metadata();
        metadata.setTimestamp(null);
        metadata.setToolChoice(tools);
        metadata.setComponent(stack);
        return metadata;
    }

    private static List<Component> parts(Lock lock) {
        List<LockedFile> files = LockedFileList.of(lock);
        List<Component> parts = new ArrayList<>();
        parts.add(ModelComponent.of(lock, files));
        parts.addAll(EngineComponents.of(lock, files));
        return parts;
    }

    private static List<Dependency> dependencies(List<Component> parts) {
        Dependency stack = new Dependency(BomIds.STACK);
        Dependency engine = new Dependency(BomIds.ENGINE);
        for (Component part : parts) {
            boolean isPackage = part.getType() == Component.Type.LIBRARY;
            (isPackage ? engine : stack).addDependency(new Dependency(part.getBomRef()));
        }
        return List.of(stack, engine);
    }

    static Component component(Component.Type type, String ref, String name) {
        Component component = new Component();
        component.setType(type);
        component.setBomRef(ref);
        component.setName(name);
        return component;
    }
}
