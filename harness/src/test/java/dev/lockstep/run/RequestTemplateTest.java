package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.MediaFile;
import dev.lockstep.testing.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTemplateTest {
    private static final String IMAGE = "1".repeat(64);
    private static final String VIDEO = "2".repeat(64);

    @TempDir
    private Path folder;

    private PlannedSample sample = new PlannedSample(Cases.fingerprint("s", "c", "p"), 0);

    @BeforeEach
    void caseWithMedia() throws IOException {
        Path image = Files.writeString(folder.resolve("a.png"), "image");
        Path video = Files.writeString(folder.resolve("b.mp4"), "video");
        sample = new PlannedSample(
                withMedia(
                        Cases.fingerprint("s", "c", "p"),
                        List.of(
                                new MediaFile("a.png", MediaFile.Kind.IMAGE, "image/png", IMAGE, image),
                                new MediaFile("b.mp4", MediaFile.Kind.VIDEO, "video/mp4", VIDEO, video))),
                0);
    }

    @Test
    void sends_media_inline_in_the_way_of_llama_cpp() {
        assertThat(content(template(VideoStyle.INPUT_VIDEO).body(sample)))
                .isEqualTo("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aW1hZ2U=\"}},"
                        + "{\"type\":\"input_video\",\"input_video\":{\"data\":\"dmlkZW8=\"}},"
                        + "{\"type\":\"text\",\"text\":\"what?\"}]");
    }

    @Test
    void sends_videos_as_data_uris_where_the_engine_wants_them_so() {
        assertThat(content(template(VideoStyle.VIDEO_URL).body(sample)))
                .contains("{\"type\":\"video_url\",\"video_url\":{\"url\":\"data:video/mp4;base64,dmlkZW8=\"}}");
    }

    @Test
    void records_digests_in_place_of_media() {
        assertThat(content(template(VideoStyle.INPUT_VIDEO).recorded(sample)))
                .isEqualTo("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"sha256:" + IMAGE + "\"}},"
                        + "{\"type\":\"input_video\",\"input_video\":{\"data\":\"sha256:" + VIDEO + "\"}},"
                        + "{\"type\":\"text\",\"text\":\"what?\"}]");
    }

    @Test
    void leaves_the_case_as_it_was() {
        String before = sample.evalCase().body().toString();

        template(VideoStyle.INPUT_VIDEO).body(sample);

        assertThat(sample.evalCase().body()).hasToString(before);
    }

    @Test
    void changes_the_hash_of_the_plan_with_what_is_sent() {
        var suite = Cases.suite("s", dev.lockstep.suite.Suite.Role.FINGERPRINT, List.of(sample.evalCase()));

        assertThat(new Plan(List.of(suite), template(VideoStyle.INPUT_VIDEO), Profile.NIGHTLY).hash())
                .isEqualTo(new Plan(List.of(suite), template(VideoStyle.INPUT_VIDEO), Profile.NIGHTLY).hash())
                .isNotEqualTo(new Plan(List.of(suite), template(VideoStyle.VIDEO_URL), Profile.NIGHTLY).hash());
    }

    private static String content(ObjectNode body) {
        return body.at("/messages/0/content").toString();
    }

    private static RequestTemplate template(VideoStyle style) {
        return new RequestTemplate("m", JsonNodeFactory.instance.objectNode(), style);
    }

    private static EvalCase withMedia(EvalCase plain, List<MediaFile> media) {
        return new EvalCase(
                plain.suite(),
                plain.id(),
                plain.tags(),
                plain.stratum(),
                body(),
                plain.sampling(),
                plain.seeds(),
                plain.topLogprobs(),
                plain.timeout(),
                media,
                plain.reference(),
                plain.scorers(),
                plain.position(),
                plain.hash());
    }

    private static ObjectNode body() {
        try {
            return (ObjectNode) new ObjectMapper().readTree("""
                    {"messages": [{"role": "user", "content": [
                      {"type": "media", "media": "a.png"}, {"type": "media", "media": "b.mp4"},
                      {"type": "text", "text": "what?"}]}]}
                    """);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
