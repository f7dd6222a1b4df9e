package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateTextsTest {
    @TempDir
    Path folder;

    @Test
    void finds_the_templates_that_lie_in_a_models_folder() throws IOException {
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
        Files.writeString(folder.resolve("another.jinja"), "{# none #}");
        Files.writeString(folder.resolve("config.json"), "{}");

        assertThat(TemplateTexts.of(folder)).containsExactly("{# none #}", "{{ messages }}");
    }

    @Test
    void finds_the_template_inside_a_gguf_file() {
        assertThat(TemplateTexts.of(Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf")))
                .singleElement()
                .asString()
                .contains("<|im_start|>");
    }

    @Test
    void keeps_a_text_where_its_digest_finds_it() {
        TemplateTexts.keep(folder.resolve("kept"), "{{ x }}");

        assertThat(new TemplateTexts(List.of(folder.resolve("kept"))).find(Sha256.of("{{ x }}")))
                .contains("{{ x }}");
    }
}
