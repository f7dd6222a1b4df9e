package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.GgufLayers;
import dev.lockstep.lock.Layer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** What the model files hold, layer by layer; each file is read once, however often it is asked for. */
final class ModelLayers {
    private final Map<Key, Map<Layer, SortedMap<String, JsonNode>>> known = new HashMap<>();

    private record Key(Path path, String role) {}

    LayerFacts read(ModelFile file) {
        Key key = new Key(file.path().toAbsolutePath().normalize(), file.role());
        LayerFacts facts =
                new LayerFacts().putAll(known.computeIfAbsent(key, each -> GgufLayers.read(each.path(), each.role())));
        file.settings().forEach((name, value) -> facts.put(Layer.ADAPTERS, file.role() + "." + name, value));
        return facts;
    }
}
