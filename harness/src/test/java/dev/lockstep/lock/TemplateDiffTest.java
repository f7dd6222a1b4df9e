package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateDiffTest {
    private static final String BEFORE = "{% for m in messages %}\n{{ m.content }}\n{% endfor %}\n<|assistant|>\n";
    private static final String AFTER = BEFORE.replace("<|assistant|>", "<|assistant|><think>");

    @TempDir
    private Path folder;

    @BeforeEach
    void keep() {
        TemplateTexts.keep(folder.resolve("a"), BEFORE);
        TemplateTexts.keep(folder.resolve("b"), AFTER);
    }

    @Test
    void shows_lines_of_texts_that_were_kept() {
        Lock before = gguf(BEFORE);
        Lock after = gguf(AFTER);

        assertThat(TemplateDiff.between(before, after, texts()))
                .containsExactly(new TemplateDiff(
                        "model.tokenizer.chat_template",
                        List.of(
                                "--- before/model.tokenizer.chat_template",
                                "+++ after/model.tokenizer.chat_template",
                                "@@ -1,4 +1,4 @@",
                                " {% for m in messages %}",
                                " {{ m.content }}",
                                " {% endfor %}",
                                "-<|assistant|>",
                                "+<|assistant|><think>")));
        assertThat(TemplateDiff.between(before, before, texts())).isEmpty();
    }

    @Test
    void knows_a_text_by_the_digest_of_its_bytes_too() {
        assertThat(TemplateDiff.between(observed(BEFORE), observed(AFTER), texts()))
                .singleElement()
                .satisfies(diff -> assertThat(diff.lines()).endsWith("+<|assistant|><think>"));
    }

    @Test
    void shows_no_lines_without_both_texts() {
        assertThat(TemplateDiff.between(gguf(BEFORE), gguf("never kept"), texts()))
                .containsExactly(new TemplateDiff("model.tokenizer.chat_template", List.of()));
    }

    @Test
    void does_not_trust_a_text_under_the_name_of_another() throws IOException {
        Files.writeString(folder.resolve("b").resolve(Sha256.of(AFTER) + ".jinja"), "forged");

        assertThat(TemplateDiff.between(gguf(BEFORE), gguf(AFTER), texts()))
                .singleElement()
                .satisfies(diff -> assertThat(diff.lines()).isEmpty());
    }

    @Test
    void reads_the_templates_of_a_model_file_from_its_header() throws IOException {
        Path model = GgufFixture.model().write(folder.resolve("tiny.gguf"));

        assertThat(GgufTemplates.read(model)).containsExactly("{{ messages[0].content }}", "{{ tools }}");
        assertThat(GgufTemplates.read(Files.writeString(folder.resolve("other"), "no GGUF")))
                .isEmpty();
        TemplateTexts.keep(folder.resolve("c"), "{{ tools }}");
        assertThat(new TemplateTexts(List.of(folder.resolve("c")))
                        .find(CanonicalJson.sha256(TextNode.valueOf("{{ tools }}"))))
                .contains("{{ tools }}");
    }

    private TemplateTexts texts() {
        return new TemplateTexts(List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("missing")));
    }

    private static Lock gguf(String template) {
        JsonNode digest = TextNode.valueOf("sha256:" + CanonicalJson.sha256(TextNode.valueOf(template)));
        return LockFixture.of(
                Map.of(Layer.TEMPLATE, LockFixture.pinned(Map.of("model.tokenizer.chat_template", digest))));
    }

    private static Lock observed(String template) {
        return LockFixture.of(Map.of(
                Layer.TEMPLATE,
                LayerState.of(
                        Map.of(), Map.of(), Map.of("chatTemplate", TextNode.valueOf(Sha256.of(template))), Set.of())));
    }
}
