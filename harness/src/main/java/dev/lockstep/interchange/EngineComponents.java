package dev.lockstep.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Property;

/** The engine of a lock, the packages beside it and the programs that decode media, as components. */
final class EngineComponents {
    private static final String PACKAGE = "package.";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final SortedMap<String, JsonNode> fields;
    private final List<LockedFile> programs;

    private EngineComponents(LayerState engine, List<LockedFile> files) {
        this.fields = new TreeMap<>(engine.observed());
        fields.putAll(engine.declared());
        fields.putAll(engine.pinned());
        this.programs = files.stream().filter(file -> !file.isOfModel()).toList();
    }

    static List<Component> of(Lock lock, List<LockedFile> files) {
        EngineComponents engine = new EngineComponents(lock.layer(Layer.ENGINE), files);
        List<Component> components = new ArrayList<>();
        components.add(engine.engine());
        engine.fields.forEach((field, value) -> {
            if (field.startsWith(PACKAGE)) {
                components.add(ofPackage(field.substring(PACKAGE.length()), value));
            }
        });
        engine.programs.stream()
                .filter(file -> file.layer() != Layer.ENGINE)
                .map(EngineComponents::program)
                .forEach(components::add);
        return components;
    }

    private Component engine() {
        Component engine = image().map(this::ofImage).orElseGet(this::ofDistribution);
        engine.setComponents(programs.stream()
                .filter(file -> file.layer() == Layer.ENGINE)
                .map(FileComponent::of)
                .toList());
        text("sources").ifPresent(digest -> engine.addProperty(new Property("lockstep:sources", digest)));
        return engine;
    }

    private Component ofImage(ImageReference image) {
        Component engine = MlBom.component(Component.Type.CONTAINER, BomIds.ENGINE, image.name());
        image.tag().or(() -> text("version")).ifPresent(engine::setVersion);
        text(ImageReference.DIGEST)
                .filter(digest -> DIGEST.matcher(digest).matches())
                .ifPresent(digest ->
                        engine.addHash(new Hash(Hash.Algorithm.SHA_256, digest.substring("sha256:".length()))));
        return engine;
    }

    private Component ofDistribution() {
        Optional<String> name = text("distribution");
        Component engine = MlBom.component(Component.Type.APPLICATION, BomIds.ENGINE, name.orElse(BomIds.ENGINE));
        text("version").ifPresent(version -> {
            engine.setVersion(version);
            name.ifPresent(each -> engine.setPurl(pypi(each, version)));
        });
        return engine;
    }

    private Optional<ImageReference> image() {
        return text(ImageReference.IMAGE).flatMap(ImageReference::of);
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** Its digest is over what was installed, not over the archive that it came in, so it is no hash of the component. */
    private static Component ofPackage(String name, JsonNode value) {
        Component component = MlBom.component(Component.Type.LIBRARY, BomIds.ofPackage(name), name);
        String version = value.path("version").asText();
        component.setVersion(version);
        component.setPurl(pypi(name, version));
        component.addProperty(new Property(
                "lockstep:installed", "sha256:" + value.path("sha256").asText()));
        return component;
    }

    private static Component program(LockedFile file) {
        Component component = FileComponent.of(file);
        component.setType(Component.Type.APPLICATION);
        return component;
    }

    private static String pypi(String name, String version) {
        return "pkg:pypi/" + name + "@" + version.replace("+", "%2B");
    }
}
