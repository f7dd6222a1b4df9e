package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a suite requires of the lock: {@code require: weights, template, engine = pinned}, or a list of such lines. */
final class FloorReader {
    private static final String REQUIRE = "require";
    private static final List<String> LAYERS =
            Arrays.stream(Layer.values()).map(Layer::key).toList();

    private final Fields fields;
    private final SortedMap<Layer, Standing> floor = new TreeMap<>();

    private FloorReader(Fields fields) {
        this.fields = fields;
    }

    static SortedMap<Layer, Standing> read(Fields fields) {
        FloorReader reader = new FloorReader(fields);
        boolean isList = fields.node(REQUIRE)
                .filter(DocumentNode.Sequence.class::isInstance)
                .isPresent();
        List<String> lines =
                isList ? fields.texts(REQUIRE) : fields.text(REQUIRE).stream().toList();
        lines.forEach(reader::line);
        return reader.floor;
    }

    private void line(String line) {
        String[] sides = line.split("=", -1);
        if (sides.length != 2) {
            problem("is '" + line + "'; write layers and what they must be, such as weights, template = pinned");
            return;
        }
        Standing standing = Standing.byKey().get(sides[1].strip());
        if (standing == null) {
            problem("wants '" + sides[1].strip() + "'; expected one of "
                    + String.join(", ", Standing.byKey().keySet()));
            return;
        }
        for (String name : sides[0].split(",", -1)) {
            layer(name.strip()).ifPresent(layer -> require(layer, standing));
        }
    }

    private Optional<Layer> layer(String name) {
        Optional<Layer> layer = Layer.of(name);
        if (layer.isEmpty()) {
            problem("names the layer '" + name + "'; "
                    + NearestName.of(name, LAYERS)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("layers: " + String.join(", ", LAYERS)));
        }
        return layer;
    }

    private void require(Layer layer, Standing standing) {
        if (floor.putIfAbsent(layer, standing) != null) {
            problem("names the layer '" + layer + "' twice; keep one");
        }
    }

    private void problem(String what) {
        fields.problem(REQUIRE, "'" + REQUIRE + "' " + what);
    }
}
