package dev.lockstep.derivation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which GGUF files call the tensors of a folder in Hugging Face's layout.
 *
 * <p>After {@code tensor_mapping.py} of gguf-py 0.19.0, for dense models with the names of Qwen2 to Qwen3-VL. GGUF numbers the
 * deepstack mergers by the block that they follow, which only its own names tell.
 */
final class TensorNames {
    private static final Map<String, String> TEXT = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("mlp.down_proj", "ffn_down"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("post_attention_layernorm", "ffn_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.v_proj", "attn_v"));
    private static final Map<String, String> VISION = Map.of(
            "attn.proj", "attn_out",
            "attn.qkv", "attn_qkv",
            "linear_fc1", "fc1",
            "linear_fc2", "fc2",
            "mlp.linear_fc1", "ffn_up",
            "mlp.linear_fc2", "ffn_down",
            "norm", "norm",
            "norm1", "ln1",
            "norm2", "ln2");
    private static final Map<String, String> SINGLE = Map.of(
            "lm_head", "output",
            "model.embed_tokens", "token_embd",
            "model.norm", "output_norm",
            "model.visual.merger.linear_fc1", "mm.0",
            "model.visual.merger.linear_fc2", "mm.2",
            "model.visual.merger.norm", "v.post_ln",
            "model.visual.patch_embed.proj", "v.patch_embd",
            "model.visual.pos_embed", "v.position_embd");
    private static final Pattern NAME = Pattern.compile("(.+)\\.(weight|bias)");
    private static final Pattern LAYER =
            Pattern.compile("model\\.(layers|visual\\.blocks|visual\\.deepstack_merger_list)\\.(\\d+)\\.(.+)");
    private static final Pattern DEEPSTACK = Pattern.compile("v\\.deepstack\\.(\\d+)\\..*");
    private static final Pattern OF_PROJECTOR = Pattern.compile("(v|a|mm|resampler|adapter)\\..*");
    private static final Pattern OF_GGUF = Pattern.compile("(v\\.)?blk\\.\\d+\\..*|token_embd\\.weight");

    private final List<Integer> deepstack;

    private TensorNames(List<Integer> deepstack) {
        this.deepstack = List.copyOf(deepstack);
    }

    /** Tells whether these are the names of a GGUF file. */
    static boolean areOfGguf(Set<String> names) {
        return names.stream().anyMatch(name -> OF_GGUF.matcher(name).matches());
    }

    /** Tells whether a tensor of a GGUF file sees or hears, which is kept in a file of its own. */
    static boolean isOfProjector(String inGguf) {
        return OF_PROJECTOR.matcher(inGguf).matches();
    }

    /** Returns the names of a model whose tensors in GGUF are called so. */
    static TensorNames of(Set<String> inGguf) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String name : inGguf) {
            Matcher merger = DEEPSTACK.matcher(name);
            if (merger.matches()) {
                numbers.add(Integer.valueOf(merger.group(1)));
            }
        }
        return new TensorNames(List.copyOf(numbers));
    }

    /** Returns what a tensor is called in GGUF; empty for one that nobody here knows. */
    Optional<String> inGguf(String name) {
        Matcher parts = NAME.matcher(name.replace("model.language_model.", "model."));
        return parts.matches() ? stem(parts.group(1)).map(stem -> stem + "." + parts.group(2)) : Optional.empty();
    }

    private Optional<String> stem(String name) {
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches()) {
            return Optional.ofNullable(SINGLE.get(name));
        }
        int number = Integer.parseInt(layer.group(2));
        String part = layer.group(3);
        return switch (layer.group(1)) {
            case "layers" -> Optional.ofNullable(TEXT.get(part)).map(stem -> "blk." + number + "." + stem);
            case "visual.blocks" -> Optional.ofNullable(VISION.get(part)).map(stem -> "v.blk." + number + "." + stem);
            default ->
                number < deepstack.size()
                        ? Optional.ofNullable(VISION.get(part))
                                .map(stem -> "v.deepstack." + deepstack.get(number) + "." + stem)
                        : Optional.empty();
        };
    }
}
