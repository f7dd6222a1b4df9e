package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ProblemsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code endpoint} says of its servers: a list, a saved Kubernetes object, or that nobody knows. */
final class ReplicaFieldsTest {
    private static final String PORTS = "{\"name\":\"http\",\"port\":8000,\"protocol\":\"TCP\"}";

    @TempDir
    Path folder;

    @Test
    void an_endpoint_is_one_server_unless_somebody_says_otherwise() throws IOException {
        assertThat(endpoint("url: \"http://a:1\"").replicas()).isEqualTo(new Replicas.Single());
        assertThat(endpoint("url: \"http://a:1\", router: true").replicas()).isEqualTo(new Replicas.Unlisted());
        assertThat(endpoint("url: \"http://a:1\", router: false").replicas()).isEqualTo(new Replicas.Single());
    }

    @Test
    void lists_servers_by_their_addresses() throws IOException {
        StackConfig.Endpoint endpoint =
                endpoint("replicas: [\"http://127.0.0.1:9001\", \"https://[fd00::7]:9002/\", \"http://gw/b\"]");

        assertThat(endpoint.url()).isEmpty();
        assertThat(endpoint.managed()).isFalse();
        assertThat(endpoint.replicas().listed())
                .containsExactly(
                        replica("127.0.0.1:9001", "http://127.0.0.1:9001"),
                        replica("[fd00::7]:9002", "https://[fd00::7]:9002"),
                        replica("gw/b", "http://gw/b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replicas: []| endpoint: 'replicas' names no server; list their roots, or name a saved EndpointSlice: {from: slices.json}",
                "replicas: [\"http://a:1\", \"http://a:1/\"]| endpoint: 'replicas' has a:1 twice; keep one",
                "replicas: [\"a:1\"]| endpoint: 'replicas' has 'a:1'; expected http(s)://host:port without /v1, an IPv6 address in brackets",
                "replicas: [\"http://fd00::7:80\"]| endpoint: 'replicas' has 'http://fd00::7:80'; expected http(s)://host:port without /v1, an IPv6 address in brackets",
                "replicas: [\"http://a:1/v1\"]| endpoint: 'replicas' has 'http://a:1/v1'; expected http(s)://host:port without /v1, an IPv6 address in brackets",
                "replicas: [\"http://a:1\"], router: true, url: \"http://b\"| endpoint: 'router' says that the servers behind 'url' are unknown, but 'replicas' names them; remove 'router'",
                "replicas: {form: x}| endpoint.replicas needs 'from'; name what `kubectl get endpointslices -o json` wrote",
            })
    void says_what_is_wrong_with_a_list(String fields, String problem) {
        assertRefused(fields, problem);
    }

    @Test
    void a_managed_stack_is_one_server() {
        assertThatThrownBy(() -> read("""
                        endpoint: {url: managed, router: true}
                        launch: {package: xllamacpp, version: "1", params: {model.path: x}}
                        """))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "endpoint: 'url' is 'managed', so the endpoint is the one server that Lockstep starts; remove 'replicas' and 'router'");
    }

    @Test
    void reads_the_pods_of_endpoint_slices_in_the_order_of_their_names() throws IOException {
        save(list(
                slice(
                        "IPv4",
                        PORTS,
                        endpoint("10.0.0.8", "vllm-1", "\"ready\":true"),
                        endpoint("10.0.0.7", "vllm-0", "")),
                slice("IPv4", PORTS, endpoint("10.0.0.9", "vllm-2", "\"ready\":null"))));

        assertThat(saved())
                .containsExactly(
                        replica("vllm-0", "http://10.0.0.7:8000"),
                        replica("vllm-1", "http://10.0.0.8:8000"),
                        replica("vllm-2", "http://10.0.0.9:8000"));
    }

    @Test
    void reads_one_slice_without_pods_over_https() throws IOException {
        save(slice("IPv6", PORTS, "{\"addresses\":[\"fd00::7\"]}"));

        assertThat(saved(", scheme: https")).containsExactly(replica("[fd00::7]:8000", "https://[fd00::7]:8000"));
    }

    @Test
    void an_endpoint_that_two_slices_hold_is_one_and_of_two_address_types_the_older_counts() throws IOException {
        save(list(
                slice("IPv6", PORTS, endpoint("fd00::7", "vllm-0", "")),
                slice("IPv4", PORTS, endpoint("10.0.0.7", "vllm-0", "")),
                slice("IPv4", PORTS, endpoint("10.0.0.7", "vllm-0", ""))));

        assertThat(saved()).containsExactly(replica("vllm-0", "http://10.0.0.7:8000"));
    }

    @Test
    void takes_the_port_that_is_named_or_numbered() throws IOException {
        String two = "{\"name\":\"grpc\",\"port\":9000}," + PORTS;
        save(slice("IPv4", two, endpoint("10.0.0.7", "vllm-0", "")));

        assertThat(saved(", port: grpc")).containsExactly(replica("vllm-0", "http://10.0.0.7:9000"));
        assertThat(saved(", port: 8000")).containsExactly(replica("vllm-0", "http://10.0.0.7:8000"));
        assertRefusedSaved(
                "endpoint.replicas: FILE offers the ports grpc (9000), http (8000); name the one that is meant with 'port'");
        assertRefusedSaved(
                ", port: web",
                "endpoint.replicas: FILE offers the ports grpc (9000), http (8000); name the one that is meant with 'port'");
    }

    @Test
    void needs_the_number_of_a_port_that_no_object_names() throws IOException {
        save(slice("IPv4", "", endpoint("10.0.0.7", "vllm-0", "")));

        assertThat(saved(", port: 8080")).containsExactly(replica("vllm-0", "http://10.0.0.7:8080"));
        assertRefusedSaved("endpoint.replicas: FILE offers no port; name the one that is meant with 'port'");
    }

    @ParameterizedTest
    @CsvSource({"'\"ready\":false', is not ready", "'\"ready\":false,\"terminating\":true', is terminating"})
    void refuses_an_endpoint_that_gets_no_requests(String conditions, String state) throws IOException {
        save(slice("IPv4", PORTS, endpoint("10.0.0.7", "vllm-0", conditions), endpoint("10.0.0.8", "vllm-1", "")));

        assertRefusedSaved("vllm-0 (10.0.0.7) " + state + "; wait, and save it again");
    }

    @Test
    void refuses_pods_that_share_a_name_or_an_address() throws IOException {
        save(slice("IPv4", PORTS, endpoint("10.0.0.7", "vllm-0", ""), endpoint("10.0.0.8", "vllm-0", "")));
        assertRefusedSaved(
                "pod 'vllm-0' stands here twice, as http://10.0.0.7:8000 and as http://10.0.0.8:8000; save it again");

        save(slice("IPv4", PORTS, endpoint("10.0.0.7", "vllm-0", ""), endpoint("10.0.0.7", "vllm-1", "")));
        assertRefusedSaved("http://10.0.0.7:8000 is the address of vllm-0 and of vllm-1; save it again");
    }

    @Test
    void refuses_an_endpoint_without_a_usable_address() throws IOException {
        save(slice("IPv4", PORTS, "{\"addresses\":[]}"));
        assertRefusedSaved("the endpoint has no address; save the slices again");

        save(slice("IPv4", PORTS, endpoint("not an address", "vllm-0", "")));
        assertRefusedSaved("vllm-0 (not an address): 'not an address' is no address; save it again");
    }

    @Test
    void refuses_what_is_no_list_of_servers() throws IOException {
        String remedy = "; save what `kubectl get endpointslices -l kubernetes.io/service-name=NAME -o json`"
                + " or `kubectl get pods -l app=NAME -o json` writes";
        save("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"}");
        assertRefusedSaved("holds a Deployment" + remedy);

        save("{\"items\":[]}");
        assertRefusedSaved("holds no Kubernetes object" + remedy);

        save("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}");
        assertRefusedSaved("names no server" + remedy);
    }

    @Test
    void tells_where_broken_json_breaks_and_nothing_of_its_text() throws IOException {
        save("{\"kind\":\"List\",\n \"items\":[hunter2]}");

        assertThatThrownBy(this::saved)
                .isInstanceOf(ProblemsException.class)
                .hasMessageMatching(".*saved\\.json:2:\\d+: is not valid JSON; save it again");
        Files.delete(folder.resolve("saved.json"));
        assertRefusedSaved("there is no such file; check the path");
    }

    @Test
    void reads_ready_pods_with_the_start_of_their_containers() throws IOException {
        save("{\"kind\":\"PodList\",\"items\":[" + pod("vllm-0", "10.0.0.7", "True", "") + "]}");

        assertThat(saved())
                .containsExactly(new Replica(
                        "vllm-0",
                        URI.create("http://10.0.0.7:8000"),
                        Optional.of(new PodStart("uid-vllm-0", List.of("2026-11-20T03:04:05Z"), List.of()))));
    }

    @Test
    void refuses_pods_that_are_not_ready() throws IOException {
        save(pod("vllm-0", "10.0.0.7", "False", ""));
        assertRefusedSaved("vllm-0 (10.0.0.7) is not ready; wait, and save it again");

        save(pod("vllm-0", "10.0.0.7", "True", ",\"deletionTimestamp\":\"2026-11-20T03:04:05Z\""));
        assertRefusedSaved("vllm-0 (10.0.0.7) is terminating; wait, and save it again");

        save(pod("vllm-0", "", "False", ""));
        assertRefusedSaved("pod 'vllm-0' has no address yet; wait until it is ready, and save it again");
    }

    private static Replica replica(String name, String url) {
        return new Replica(name, URI.create(url), Optional.empty());
    }

    private static String list(String... items) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + String.join(",", items) + "]}";
    }

    private static String slice(String type, String ports, String... endpoints) {
        return "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"addressType\":\"" + type
                + "\",\"metadata\":{\"name\":\"vllm-x7\"},\"ports\":[" + ports + "],\"endpoints\":["
                + String.join(",", endpoints) + "]}";
    }

    private static String endpoint(String address, String pod, String conditions) {
        return "{\"addresses\":[\"" + address + "\"],\"conditions\":{" + conditions
                + "},\"nodeName\":\"node-1\",\"targetRef\":{\"kind\":\"Pod\",\"name\":\"" + pod + "\"}}";
    }

    private static String pod(String name, String address, String ready, String metadata) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\",\"uid\":\"uid-" + name
                + "\"" + metadata
                + "},\"spec\":{\"containers\":[{\"name\":\"vllm\",\"ports\":[{\"containerPort\":8000}]},"
                + "{\"name\":\"sidecar\"}]},\"status\":{\"podIP\":\"" + address
                + "\",\"conditions\":[{\"type\":\"PodScheduled\",\"status\":\"True\"},{\"type\":\"Ready\",\"status\":\""
                + ready + "\"}],\"containerStatuses\":[{\"name\":\"vllm\",\"state\":{\"running\":{\"startedAt\":"
                + "\"2026-11-20T03:04:05Z\"}}}]}}";
    }

    private void save(String json) throws IOException {
        Files.writeString(folder.resolve("saved.json"), json);
    }

    private List<Replica> saved() throws IOException {
        return saved("");
    }

    private List<Replica> saved(String more) throws IOException {
        return endpoint("replicas: {from: saved.json" + more + "}").replicas().listed();
    }

    private void assertRefusedSaved(String problem) {
        assertRefusedSaved("", problem);
    }

    private void assertRefusedSaved(String more, String problem) {
        assertRefused(
                "replicas: {from: saved.json" + more + "}",
                problem.replace("FILE", folder.resolve("saved.json").toString()));
    }

    private void assertRefused(String fields, String problem) {
        assertThatThrownBy(() -> endpoint(fields))
                .isInstanceOf(ProblemsException.class)
                .satisfies(error -> assertThat(((ProblemsException) error).problems())
                        .first()
                        .extracting("message")
                        .isEqualTo(problem));
    }

    private StackConfig.Endpoint endpoint(String fields) throws IOException {
        return read("endpoint: {" + fields + "}\n").endpoint();
    }

    private StackConfig read(String yaml) throws IOException {
        String text = "schema: stack/1\nname: tiny\nengine: vllm\nmodel: tiny\n" + yaml;
        return StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), text));
    }
}
