package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of {@code nvidia-smi -q -x}; serial numbers, temperatures and loads are left there.
 *
 * <p>The document type that it names is never fetched.
 */
record NvidiaSmi(Path file, Problems problems) {
    private static final String ROOT = "nvidia_smi_log/";
    private static final Map<String, String> FIELDS = Map.of(
            ROOT + "driver_version", "gpuDriver.version",
            ROOT + "cuda_version", "cudaVersion",
            ROOT + "gpu/product_name", "gpus",
            ROOT + "gpu/product_architecture", "gpuArchitecture",
            ROOT + "gpu/fb_memory_usage/total", "gpuMemory",
            ROOT + "gpu/mig_mode/current_mig", "gpuMig",
            ROOT + "gpu/ecc_mode/current_ecc", "gpuEcc");
    private static final Set<String> NOT_TOLD = Set.of("", "N/A", "[N/A]", "Unknown Error");

    SortedMap<String, JsonNode> read(String text) {
        SortedMap<String, List<String>> values = new TreeMap<>();
        try {
            collect(factory().createXMLStreamReader(new StringReader(text)), values);
        } catch (XMLStreamException e) {
            problems.add(position(e), "is not what `nvidia-smi -q -x` writes: " + reason(e) + "; save it again");
            return new TreeMap<>();
        }
        SortedMap<String, JsonNode> found = new TreeMap<>();
        values.forEach((field, all) -> found.put(
                field, TextNode.valueOf(String.join(", ", all.stream().sorted().toList()))));
        branch(found);
        return found;
    }

    /** The branch of a driver moves with its features, the rest of its version with each patch. */
    private static void branch(SortedMap<String, JsonNode> found) {
        JsonNode version = found.get("gpuDriver.version");
        if (version != null) {
            found.put("gpuDriver.branch", TextNode.valueOf(version.textValue().replaceFirst("\\..*", "")));
        }
    }

    private static void collect(XMLStreamReader reader, Map<String, List<String>> values) throws XMLStreamException {
        Deque<String> path = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.addLast(reader.getLocalName());
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    add(String.join("/", path), text.toString().strip(), values);
                    path.removeLast();
                    text.setLength(0);
                }
                default -> {}
            }
        }
    }

    private static void add(String path, String value, Map<String, List<String>> values) {
        String field = FIELDS.get(path);
        if (field != null && !NOT_TOLD.contains(value)) {
            values.computeIfAbsent(field, key -> new ArrayList<>()).add(value);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private Position position(XMLStreamException e) {
        return e.getLocation() == null
                ? Position.of(file)
                : new Position(
                        file,
                        Math.max(1, e.getLocation().getLineNumber()),
                        Math.max(1, e.getLocation().getColumnNumber()));
    }

    /** The parser's own words come behind the place. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(message.lastIndexOf('\n') + 1).replaceFirst("^Message: ", "");
    }
}
