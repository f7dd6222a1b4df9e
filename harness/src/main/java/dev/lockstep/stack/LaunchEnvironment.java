package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of a server that can change its answers, by an allow-list of names; all others are never looked at.
 *
 * <p>Of an allowed one, a secret, a path, a port and a host become placeholders: it counts that they are set, not where.
 */
final class LaunchEnvironment {
    private static final Set<String> BEGINNINGS = Set.of(
            "CUBLAS_",
            "CUDA_",
            "CUDNN_",
            "FLASHINFER_",
            "GGML_",
            "GLOO_",
            "HSA_",
            "KMP_",
            "LLAMA_",
            "LMDEPLOY_",
            "MKL_",
            "MLX_",
            "NCCL_",
            "OLLAMA_",
            "OMP_",
            "OPENBLAS_",
            "PYTORCH_",
            "ROCBLAS_",
            "SGLANG_",
            "SGL_",
            "TLLM_",
            "TORCH_",
            "TORCHINDUCTOR_",
            "TRANSFORMERS_",
            "TRITON_",
            "TRTLLM_",
            "VLLM_");
    private static final Set<String> NAMES = Set.of(
            "GPU_DEVICE_ORDINAL",
            "HF_ENDPOINT",
            "HF_HOME",
            "HF_HUB_CACHE",
            "HF_HUB_DISABLE_SHARED_BLOBS",
            "HF_HUB_DISABLE_SYMLINKS",
            "HF_HUB_DISABLE_XET",
            "HF_HUB_OFFLINE",
            "HF_XET_CACHE",
            "HIP_VISIBLE_DEVICES",
            "LD_LIBRARY_PATH",
            "LD_PRELOAD",
            "NVIDIA_TF32_OVERRIDE",
            "NVIDIA_VISIBLE_DEVICES",
            "PYTHONHASHSEED",
            "PYTHONPATH",
            "ROCR_VISIBLE_DEVICES",
            "TOKENIZERS_PARALLELISM",
            "ZE_AFFINITY_MASK");
    /** Kubernetes tells each pod of the services beside it in this way, one of which may be called vllm. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?");
    /** What images say of their own build, and no engine reads. */
    private static final Set<String> NEVER = Set.of("CUDA_VERSION", "NCCL_VERSION");

    private static final Pattern PORT = Pattern.compile("(.*_)?PORT");
    private static final Pattern HOST = Pattern.compile("(.*_)?(HOST|HOSTNAME|IP|ADDR|ADDRESS|IFADDR)");
    private static final Pattern LOG_NAME = Pattern.compile(".*LOG(GING|S)?_(.*_)?(FILE|PATH|DIR)");
    private static final Pattern DEVICE = Pattern.compile("\\b(?:MIG-)?(?:GPU|MIG)-\\p{XDigit}[\\p{XDigit}-]*");

    private LaunchEnvironment() {}

    /** Returns the fields of the launch layer: {@code env.NAME}. */
    static SortedMap<String, JsonNode> fields(Map<String, String> environment) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (isAllowed(name)) {
                fields.put(field(name), TextNode.valueOf(kept(name, value)));
            }
        });
        return fields;
    }

    static String field(String name) {
        return "env." + name;
    }

    static boolean isAllowed(String name) {
        if (NEVER.contains(name) || SERVICE_LINK.matcher(name).matches()) {
            return false;
        }
        return NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    static boolean isSecret(String name) {
        return SecretWords.isSecret(name.toLowerCase(Locale.ROOT));
    }

    private static String kept(String name, String value) {
        if (isSecret(name)) {
            return SecretWords.PLACEHOLDER;
        }
        return placeholder(name, value).orElseGet(() -> masked(value));
    }

    private static Optional<String> placeholder(String name, String value) {
        if (PORT.matcher(name).matches()) {
            return Optional.of(LaunchLine.PORT);
        }
        if (HOST.matcher(name).matches()) {
            return Optional.of(LaunchLine.HOST);
        }
        boolean isPath = LaunchLine.isPath(value)
                || value.endsWith(".gguf")
                || LOG_NAME.matcher(name).matches();
        return isPath ? Optional.of(LaunchLine.PATH) : Optional.empty();
    }

    /** The name of a device is new on each machine. */
    private static String masked(String value) {
        return SecretWords.mask(DEVICE.matcher(value).replaceAll("\\${gpu}"));
    }
}
