package dev.lockstep.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.Problem;
import dev.lockstep.document.Problems;
import dev.lockstep.score.Scorers;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BadSuiteTest {

    @Test
    void reports_every_mistake_of_a_suite_at_once() {
        Problems problems = new Problems();

        assertThat(new SuiteReader(Scorers.standard())
                        .read(Path.of("src", "test", "resources", "bad", "suite", "suite.yaml"), problems))
                .isEmpty();

        assertThat(problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")))
                .isEqualTo("""
                        src/test/resources/bad/suite/suite.yaml:1:9: suite: 'schema' is 'suite/2'; write schema: suite/1
                        src/test/resources/bad/suite/suite.yaml:2:5: suite: 'id' is 'Bad Suite'; use lower-case letters, digits, '.', '_' and '-', a letter or digit first
                        src/test/resources/bad/suite/suite.yaml:4:1: suite: unknown field 'rol'; did you mean 'role'?
                        src/test/resources/bad/suite/suite.yaml:5:11: suite: 'requires' has 'picture'; expected some of image, logprobs, tools, video
                        src/test/resources/bad/suite/suite.yaml:6:8: suite: the tag 'a,b' is not allowed; write it without blanks and , ( ) & | !
                        src/test/resources/bad/suite/suite.yaml:7:12: suite: 'sampling' has an unknown field 'temprature'; did you mean 'temperature'?
                        src/test/resources/bad/suite/suite.yaml:7:39: suite: 'sampling.max_tokens' is 0; expected a whole number from 1 on
                        src/test/resources/bad/suite/suite.yaml:7:42: suite: 'sampling' takes no 'seed'; list one seed for each repetition in 'seeds'
                        src/test/resources/bad/suite/suite.yaml:8:14: suite: 'repetitions' is 2, but the number of 'seeds' is 1; list one seed for each repetition
                        src/test/resources/bad/suite/suite.yaml:11:54: tool 'get_weather': unknown field 'params'; known fields: description, parameters
                        src/test/resources/bad/suite/suite.yaml:13:25: media 'changed.png': the file has 879017249953ee571e9902410a2d7fbcb0e5280777f0003a26952d9e5e820060, but 'sha256' is 0000000000000000000000000000000000000000000000000000000000000000; restore the file or correct the digest
                        src/test/resources/bad/suite/suite.yaml:14:3: media 'missing.png' has no readable file media/missing.png; add the file or remove the entry
                        src/test/resources/bad/suite/suite.yaml:14:3: media 'missing.png' is declared, but no case uses it; use it or remove the entry
                        src/test/resources/bad/suite/suite.yaml:15:3: media '../outside.png' leaves the folder media; keep the file inside it
                        src/test/resources/bad/suite/suite.yaml:15:3: media '../outside.png' is declared, but no case uses it; use it or remove the entry
                        src/test/resources/bad/suite/suite.yaml:16:3: media 'sound.wav' has an unknown extension; expected png, jpg, jpeg or mp4
                        src/test/resources/bad/suite/suite.yaml:16:3: media 'sound.wav' is declared, but no case uses it; use it or remove the entry
                        src/test/resources/bad/suite/suite.yaml:17:3: media 'short.mp4' has no readable file media/short.mp4; add the file or remove the entry
                        src/test/resources/bad/suite/suite.yaml:17:3: media 'short.mp4' is declared, but no case uses it; use it or remove the entry
                        src/test/resources/bad/suite/suite.yaml:17:23: media 'short.mp4': 'sha256' is 'abc'; write the 64 lower-case hex digits of the file's SHA-256
                        src/test/resources/bad/suite/suite.yaml:19:5: case 'add-01' sends no 'temperature'; add it to 'sampling' of the suite or of the case
                        src/test/resources/bad/suite/suite.yaml:22:15: case 'add-01': scorer 'exact' needs 'reference.answers', a list of texts; add it
                        src/test/resources/bad/suite/suite.yaml:23:9: case 'add-01': line 19 has this id already; give each case its own
                        src/test/resources/bad/suite/suite.yaml:25:14: case 'add-01': 'stratum' goes with role: fingerprint; remove it
                        src/test/resources/bad/suite/suite.yaml:26:13: case 'add-01': the suite declares no media 'changd.png'; did you mean 'changed.png'?
                        src/test/resources/bad/suite/suite.yaml:28:15: case 'add-01': there is no scorer 'numerc'; did you mean 'numeric'?
                        src/test/resources/bad/suite/suite.yaml:28:23: case 'add-01': scorer 'numeric' has no parameter 'fnd'; did you mean 'find'?
                        src/test/resources/bad/suite/suite.yaml:28:48: case 'add-01': a scorer: 'version' is 2, but 'numeric' has version 1 here; write that, and record a new baseline
                        src/test/resources/bad/suite/suite.yaml:29:5: case 3 needs 'id'; use lower-case letters, digits, '.', '_' and '-', a letter or digit first
                        src/test/resources/bad/suite/suite.yaml:30:15: case 3: there are both 'prompt' and 'messages'; keep one
                        src/test/resources/bad/suite/suite.yaml:30:15: case 3: 'messages' is empty; write at least one message
                        src/test/resources/bad/suite/suite.yaml:32:22: case 3: the scorer 'exact' stands here twice; keep one
                        src/test/resources/bad/suite/suite.yaml:33:5: case 'call': there is no scorer; add one to 'scorers', or set role: fingerprint in the suite
                        src/test/resources/bad/suite/suite.yaml:35:16: case 'call': a message: 'role' is 'usr'; expected system, user, assistant or tool
                        src/test/resources/bad/suite/suite.yaml:35:65: case 'call': a content part: unknown field 'as'; known fields: media, type
                        src/test/resources/bad/suite/suite.yaml:36:13: case 'call': the suite declares no tool 'get_wether'; did you mean 'get_weather'?
                        src/test/resources/bad/suite/suite.yaml:37:5: case 'call': unknown field 'promt'; did you mean 'prompt'?
                        src/test/resources/bad/suite/suite.yaml:38:5: case 5 needs fields (name: value), not "Just a question?"\
                        """);
    }
}
