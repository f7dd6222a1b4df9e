package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads the typed values of a GGUF file's metadata as JSON.
 *
 * <p>A number becomes the shortest decimal that means the same; infinities and NaN become texts; a text that is not UTF-8
 * becomes {@code {"bytes": "hex"}}. Types after the GGUF specification, version 3.
 */
final class GgufValues {
    private static final int DEEPEST = 8;
    private static final int LIST = 9;
    private static final int LEAST_BYTES_OF_STRING = 8;
    private static final int LEAST_BYTES_OF_ARRAY = 12;

    /** The longest lists are vocabularies and their merges, of at most about a million items. */
    private static final long MOST_ITEMS = 1L << 22;

    private static final long MOST_NESTED_ITEMS = 1L << 10;
    private static final long MOST_TEXT_BYTES = 64L << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final GgufInput input;

    GgufValues(GgufInput input) {
        this.input = input;
    }

    /** Reads a type and a value of that type. */
    GgufValue read(String what) throws IOException {
        long type = input.u32(what);
        return type == LIST ? list(what) : new GgufValue.Plain(value(type, what, 0));
    }

    /** Reads a text that must be UTF-8, such as a key. */
    String name(String what) throws IOException {
        JsonNode name = text(what);
        if (!name.isTextual()) {
            throw input.broken(what + " is not UTF-8; the file is damaged: fetch it again");
        }
        return name.textValue();
    }

    private JsonNode value(long type, String what, int depth) throws IOException {
        return switch ((int) type) {
            case 0 -> NODES.numberNode(input.u8(what));
            case 1 -> NODES.numberNode((byte) input.u8(what));
            case 2 -> NODES.numberNode(input.u16(what));
            case 3 -> NODES.numberNode((short) input.u16(what));
            case 4 -> NODES.numberNode(input.u32(what));
            case 5 -> NODES.numberNode((int) input.u32(what));
            case 6 -> decimal(Float.toString(Float.intBitsToFloat((int) input.u32(what))));
            case 7 -> bool(what);
            case 8 -> text(what);
            case LIST -> nested(what, depth);
            case 10 -> NODES.numberNode(new BigInteger(Long.toUnsignedString(input.i64(what))));
            case 11 -> NODES.numberNode(input.i64(what));
            case 12 -> decimal(Double.toString(Double.longBitsToDouble(input.i64(what))));
            default ->
                throw input.broken(what + " has the value type " + type
                        + ", and GGUF knows 0 to 12; the file is damaged: fetch it again");
        };
    }

    private static JsonNode decimal(String shortest) {
        double number = Double.parseDouble(shortest);
        return Double.isFinite(number) ? NODES.numberNode(number) : TextNode.valueOf(shortest);
    }

    private JsonNode bool(String what) throws IOException {
        int value = input.u8(what);
        if (value > 1) {
            throw input.broken(what + " is the boolean " + value + ", not 0 or 1; the file is damaged: fetch it again");
        }
        return BooleanNode.valueOf(value == 1);
    }

    private JsonNode text(String what) throws IOException {
        long length = input.count("the length of " + what, 1, MOST_TEXT_BYTES);
        byte[] bytes = input.bytes((int) length, what);
        try {
            return TextNode.valueOf(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return NODES.objectNode().put("bytes", HexFormat.of().formatHex(bytes));
        }
    }

    private GgufValue list(String what) throws IOException {
        long type = input.u32(what);
        long count = input.count("the length of " + what, leastBytes(type), MOST_ITEMS);
        GgufList list = new GgufList();
        for (long i = 0; i < count; i++) {
            list.add(value(type, what, 1));
        }
        return list.value();
    }

    private JsonNode nested(String what, int depth) throws IOException {
        if (depth == DEEPEST) {
            throw input.broken(
                    what + " nests lists more than " + DEEPEST + " deep; the file is damaged: fetch it again");
        }
        long type = input.u32(what);
        long count = input.count("the length of " + what, leastBytes(type), MOST_NESTED_ITEMS);
        ArrayNode items = NODES.arrayNode();
        for (long i = 0; i < count; i++) {
            items.add(value(type, what, depth + 1));
        }
        return items;
    }

    private static int leastBytes(long type) {
        return switch ((int) type) {
            case 2, 3 -> Short.BYTES;
            case 4, 5, 6 -> Integer.BYTES;
            case 8 -> LEAST_BYTES_OF_STRING;
            case LIST -> LEAST_BYTES_OF_ARRAY;
            case 10, 11, 12 -> Long.BYTES;
            default -> 1;
        };
    }
}
