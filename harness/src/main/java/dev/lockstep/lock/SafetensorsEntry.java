package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One tensor in the header of a safetensors file, as it is read: type, shape and place of its data. */
final class SafetensorsEntry {
    private static final String DAMAGED = "; the file is damaged: fetch it again";

    private final String what;
    private final Function<String, ? extends RuntimeException> broken;

    /** Names the tensor, and how to say that it is broken. */
    SafetensorsEntry(String name, Function<String, ? extends RuntimeException> broken) {
        this.what = "tensor '" + name + "'";
        this.broken = broken;
    }

    /** Reads it; the offset is that in the data. */
    TensorFile.Tensor tensor(JsonNode entry) {
        SafetensorsType type = type(entry.path("dtype"));
        List<Long> shape = wholeNumbers(entry, "shape");
        List<Long> place = wholeNumbers(entry, "data_offsets");
        if (place.size() != 2 || place.getFirst() > place.getLast()) {
            throw broken.apply(what + " has the data_offsets " + place + ", which are no begin and end" + DAMAGED);
        }
        long bytes = place.getLast() - place.getFirst();
        long needed = bytes(type, shape);
        if (needed != bytes) {
            throw broken.apply(what + " has the shape " + shape + ", which takes " + needed + " bytes as " + type
                    + ", but its data_offsets span " + bytes + DAMAGED);
        }
        return new TensorFile.Tensor(type.name(), shape, place.getFirst(), bytes);
    }

    private SafetensorsType type(JsonNode name) {
        if (!name.isTextual()) {
            throw broken.apply(what + " has no 'dtype'" + DAMAGED);
        }
        return SafetensorsType.of(name.textValue())
                .orElseThrow(() -> broken.apply(what + " has the type '" + name.textValue()
                        + "', which this Lockstep does not know; use a newer Lockstep"));
    }

    private long bytes(SafetensorsType type, List<Long> shape) {
        try {
            Optional<Long> bytes = type.bytes(shape);
            return bytes.orElseThrow(() -> broken.apply(
                    what + " has the shape " + shape + ", which " + type + " cannot store in whole bytes" + DAMAGED));
        } catch (ArithmeticException e) {
            throw broken.apply(what + " has the shape " + shape + ", more than any file can hold" + DAMAGED);
        }
    }

    private List<Long> wholeNumbers(JsonNode entry, String field) {
        JsonNode found = entry.path(field);
        List<Long> numbers = new ArrayList<>();
        found.forEach(number -> {
            if (number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0) {
                numbers.add(number.longValue());
            }
        });
        if (!found.isArray() || numbers.size() != found.size()) {
            throw broken.apply(
                    what + " has the " + field + " " + found + ", not a list of whole numbers from 0" + DAMAGED);
        }
        return numbers;
    }
}
