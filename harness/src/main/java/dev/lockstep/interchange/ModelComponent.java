package dev.lockstep.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.ExternalReference;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.component.ModelCard;
import org.cyclonedx.model.component.modelCard.InputOutputParameter;
import org.cyclonedx.model.component.modelCard.ModelParameters;

/** The model of a lock as a component; what the lock does not hold is left out, nothing is guessed. */
final class ModelComponent {
    private static final String ARCHITECTURE = "model.general.architecture";
    private static final String MODEL_TYPE = "model.config.json#/model_type";
    private static final String CLASSES = "model.config.json#/architectures";
    private static final String LICENSE = "model.general.license";
    private static final String PROJECTOR = "projector.";
    private static final Pattern LICENSE_FILE =
            Pattern.compile("(.*/)?(licen[cs]e|copying|notice|use_policy)[^/]*", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> MEDIA = Map.of("audio", "audio", "video", "video", "vision", "image");

    private final Lock lock;
    private final List<LockedFile> files;

    private ModelComponent(Lock lock, List<LockedFile> files) {
        this.lock = lock;
        this.files = files.stream().filter(LockedFile::isOfModel).toList();
    }

    static Component of(Lock lock, List<LockedFile> files) {
        return new ModelComponent(lock, files).component();
    }

    private Component component() {
        Component model = MlBom.component(Component.Type.MACHINE_LEARNING_MODEL, BomIds.MODEL, lock.subject());
        model.setComponents(files.stream().map(FileComponent::of).toList());
        onlyWeights().ifPresent(weights -> model.addHash(FileComponent.hash(weights)));
        model.setModelCard(card());
        text(Layer.MODEL_CONFIG, LICENSE).ifPresent(name -> model.setLicenses(license(name)));
        files.stream()
                .filter(file -> LICENSE_FILE.matcher(file.name()).matches())
                .forEach(file -> model.addExternalReference(reference(file)));
        return model;
    }

    /** Many files have no SHA-256 in common, and none is made up. */
    private Optional<LockedFile> onlyWeights() {
        List<LockedFile> weights = files.stream()
                .filter(file -> file.layer() == Layer.WEIGHTS || file.name().equals("model"))
                .toList();
        return weights.size() == 1 ? Optional.of(weights.getFirst()) : Optional.empty();
    }

    private ModelCard card() {
        ModelParameters parameters = new ModelParameters();
        text(Layer.MODEL_CONFIG, ARCHITECTURE)
                .or(() -> text(Layer.MODEL_CONFIG, MODEL_TYPE))
                .ifPresent(parameters::setArchitectureFamily);
        Optional.of(value(Layer.MODEL_CONFIG, CLASSES).path(0))
                .filter(JsonNode::isTextual)
                .ifPresent(name -> parameters.setModelArchitecture(name.textValue()));
        parameters.setInputs(inputs());
        parameters.setOutputs(List.of(format("text")));
        ModelCard card = new ModelCard();
        card.setModelParameters(parameters);
        card.setProperties(List.of(new Property("lockstep:lockId", lock.id().value())));
        return card;
    }

    private List<InputOutputParameter> inputs() {
        List<InputOutputParameter> inputs = new ArrayList<>(List.of(format("text")));
        JsonNode told = value(Layer.PROCESSOR, "modalities");
        MEDIA.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(medium -> told.path(medium.getKey()).asBoolean())
                .forEach(medium -> inputs.add(format(medium.getValue())));
        if (told.isMissingNode() && hasImageProcessor()) {
            inputs.add(format("image"));
        }
        return inputs;
    }

    private boolean hasImageProcessor() {
        return lock.layer(Layer.PROCESSOR).pinned().keySet().stream()
                .anyMatch(field -> field.startsWith(PROJECTOR) || field.contains("preprocessor_config.json#/"));
    }

    private Optional<String> text(Layer layer, String field) {
        return Optional.of(value(layer, field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private JsonNode value(Layer layer, String field) {
        LayerState state = lock.layer(layer);
        return Stream.of(state.pinned(), state.declared(), state.observed())
                .filter(fields -> fields.containsKey(field))
                .map(fields -> fields.getOrDefault(field, MissingNode.getInstance()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static InputOutputParameter format(String format) {
        InputOutputParameter parameter = new InputOutputParameter();
        parameter.setFormat(format);
        return parameter;
    }

    private static LicenseChoice license(String name) {
        License license = new License();
        license.setName(name);
        LicenseChoice choice = new LicenseChoice();
        choice.addLicense(license);
        return choice;
    }

    private static ExternalReference reference(LockedFile file) {
        ExternalReference reference = new ExternalReference();
        reference.setType(ExternalReference.Type.LICENSE);
        reference.setUrl(file.name());
        reference.addHash(FileComponent.hash(file));
        return reference;
    }
}
