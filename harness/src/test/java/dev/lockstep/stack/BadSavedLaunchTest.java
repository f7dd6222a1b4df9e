package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read as a launch is said at its place, with what to save instead. */
final class BadSavedLaunchTest {
    private static final Path SAVED = Path.of("src/test/resources/saved").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(SAVED.resolve("pod.json"), folder.resolve("pod.json"));
    }

    @Test
    void names_the_containers_that_there_are() {
        refused(
                "launch: {from: pod.json, container: vllm}",
                "STACK:6:37: launch: 'container' is 'vllm', which DIR/pod.json does not hold; it holds istio-proxy, server");
    }

    @Test
    void asks_which_container_serves() throws IOException {
        Files.writeString(folder.resolve("two.json"), """
                {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [
                  {"name": "a", "image": "vllm/vllm-openai"}, {"name": "b", "image": "lmsysorg/sglang"}]}}""");

        refused(
                "launch: {from: two.json}",
                "STACK:6:16: launch: DIR/two.json holds 2 containers (a, b), of which 2 look like an engine; name the one"
                        + " that serves with 'container'");
    }

    @Test
    void asks_for_a_pod_in_place_of_what_made_it() throws IOException {
        Files.writeString(folder.resolve("apps.json"), "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\"}");

        refused(
                "launch: {from: apps.json}",
                "STACK:6:16: launch: DIR/apps.json holds a Deployment; save the pod that serves: kubectl get pod NAME -o json");
    }

    @Test
    void asks_which_pod_is_meant() throws IOException {
        Files.writeString(folder.resolve("pods.json"), """
                {"apiVersion": "v1", "kind": "List", "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}]}""");

        refused(
                "launch: {from: pods.json}",
                "STACK:6:16: launch: DIR/pods.json holds the pods a, b; name the one that is meant with 'pod'");
        refused(
                "launch: {from: pods.json, pod: c}",
                "STACK:6:32: launch: DIR/pods.json holds the pods a, b; name the one that is meant with 'pod'");
    }

    @Test
    void says_what_can_be_read() throws IOException {
        Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
        Files.write(folder.resolve("binary"), new byte[] {1, 0, 2});
        Files.createDirectories(folder.resolve("folder"));
        String forms =
                "; expected what `docker inspect` or `kubectl get pod -o json` says, a systemd unit, or a folder like /proc/PID";

        refused("launch: {from: other.json}", "STACK:6:16: launch: DIR/other.json describes no launch" + forms);
        refused(
                "launch: {from: gone.json}",
                "STACK:6:16: launch: DIR/gone.json is not there; paths start at the folder of stack.yaml");
        refused(
                "launch: {from: binary}",
                "STACK:6:16: launch: DIR/binary is no text; name the file again, or save it again");
        refused("launch: {from: folder}", "STACK:6:16: launch: DIR/folder holds no 'cmdline' that can be read" + forms);
    }

    @Test
    void tells_no_secret_of_a_file_that_is_broken() throws IOException {
        Files.writeString(folder.resolve("cut.json"), "[{\"Config\": {\"Env\": [\"VLLM_API_KEY=\" s3cret\"]");
        Files.writeString(
                folder.resolve("typed.json"),
                "[{\"Image\": \"x\", \"Config\": {\"Env\": {}, \"Image\": 7}, \"Args\": \"--api-key s3cret\"}]");

        refused("launch: {from: cut.json}", "DIR/cut.json:1:38: is not valid JSON; save it again");
        refused("launch: {from: typed.json}", """
                DIR/typed.json:1:35: the container's Config: 'Env' needs a list, not a mapping
                DIR/typed.json:1:48: the container's Config: 'Image' needs text (in quotes), not what stands there
                DIR/typed.json:1:60: a container: 'Args' needs a list, not what stands there
                3 problems""");
    }

    @Test
    void asks_for_one_start_of_a_unit() throws IOException {
        Files.writeString(folder.resolve("none.service"), "[Service]\nType=exec\n");
        Files.writeString(folder.resolve("two.service"), "[Service]\nExecStart=/a\nExecStart=/b\n");

        refused(
                "launch: {from: none.service}",
                "STACK:6:16: launch: DIR/none.service has no ExecStart in [Service]; name the unit of one server");
        refused(
                "launch: {from: two.service}",
                "STACK:6:16: launch: DIR/two.service has 2 settings ExecStart in [Service]; name the unit of one server");
    }

    @Test
    void reports_all_mistakes_at_once_with_those_in_the_file() throws IOException {
        Files.writeString(folder.resolve("typed.json"), """
                {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [
                  {"name": "a", "image": "vllm", "args": "--port 1",
                   "env": [{"name": "A", "value": 4}]}]}}""");

        assertThatThrownBy(() -> read("""
                launch: {from: typed.json, command: vllm, package: xllamacpp, colour: blue}
                hardware: {nvidia_smi: gone.xml, lspcu: x}
                """))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(expected("""
                STACK:6:37: launch: 'from' and 'command' both tell how the stack was started; keep one
                STACK:6:52: launch: 'package' is for a stack that Lockstep starts, 'from' and 'command' for one that runs without it; keep one
                STACK:6:63: launch: unknown field 'colour'; known fields: command, container, from, package, pod
                STACK:7:24: hardware: DIR/gone.xml is not there; paths start at the folder of stack.yaml
                STACK:7:34: hardware: unknown field 'lspcu'; known fields: lscpu, nvidia_smi
                DIR/typed.json:2:42: a container: 'args' needs a list, not what stands there
                DIR/typed.json:3:35: a variable: 'value' needs text (in quotes), not what stands there
                7 problems"""));
    }

    private void refused(String launch, String message) {
        assertThatThrownBy(() -> read(launch))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(expected(message));
    }

    private String expected(String message) {
        return message.replace("STACK", folder.resolve("stack.yaml").toString()).replace("DIR", folder.toString());
    }

    private void read(String launch) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: served-elsewhere
                engine: vllm
                model: qwen
                endpoint: {url: "http://192.0.2.1:8000"}
                """ + launch);
        StackConfigReader.read(folder);
    }
}
