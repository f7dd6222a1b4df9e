package dev.lockstep.lock;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policies that come with Lockstep, one file for each way of serving. */
public enum ShippedPolicies {
    BARE_METAL("bare-metal"),
    KUBERNETES("kubernetes");

    private final String key;

    ShippedPolicies(String key) {
        this.key = key;
    }

    /** Returns the name in {@code stack.yaml}. */
    public String key() {
        return key;
    }

    public Policies policies() {
        return read(key + ".yaml");
    }

    public static Map<String, ShippedPolicies> byKey() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        ShippedPolicies::key, Function.identity(), (a, b) -> a, TreeMap<String, ShippedPolicies>::new));
    }

    private static Policies read(String file) {
        Problems problems = new Problems();
        DocumentNode rules =
                DocumentReader.read(Path.of(file), text(file), problems).orElseThrow();
        Policies read = new Policies(PolicyRules.read(Fields.of(rules, "policies", problems), problems));
        problems.throwIfAny();
        return read;
    }

    private static String text(String file) {
        String resource = "policies/" + file;
        try (InputStream bytes =
                Objects.requireNonNull(ShippedPolicies.class.getResourceAsStream(resource), resource)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
