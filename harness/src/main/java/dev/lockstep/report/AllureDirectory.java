package dev.lockstep.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.lockstep.document.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of an Allure results directory, in the names and spellings that Allure reads. */
final class AllureDirectory {
    private static final Pattern OWN = Pattern.compile(
            ".+-(result|container)\\.json|.+-attachment(\\..+)?|environment\\.properties|categories\\.json|executor\\.json");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(new SimpleModule().addSerializer(new LowerCaseEnum()))
            .build();

    private final Path directory;

    private AllureDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory, or removes the Allure files of an earlier run from it; other files stay. */
    static AllureDirectory cleared(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(AllureDirectory::isOwn).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be cleared; check its permissions", e);
        }
        return new AllureDirectory(directory);
    }

    /** Writes one result, a bean of Allure's model. */
    void result(String uuid, Object bean) {
        json(uuid + "-result.json", MAPPER.valueToTree(bean));
    }

    void json(String name, JsonNode value) {
        text(name, CanonicalJson.pretty(value));
    }

    void properties(String name, SortedMap<String, String> values) {
        text(
                name,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue().replace("\\", "\\\\") + "\n")
                        .collect(Collectors.joining()));
    }

    void text(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(name) + ": cannot be written", e);
        }
    }

    private static boolean isOwn(Path file) {
        return OWN.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
    }

    /** Allure spells its constants in lower case: {@code failed}, {@code finished}. */
    @SuppressWarnings("rawtypes")
    private static final class LowerCaseEnum extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1;

        LowerCaseEnum() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
