package dev.lockstep.lock;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files engines load by themselves, by name.
 *
 * <p>After transformers 5.23, vLLM 0.33, mistral-common and llama.cpp. In folders below, only weights, code and further
 * templates are loaded. The first row that fits counts.
 */
final class FileUseTable {
    static final List<Row> ROWS = List.of(
            note("(.*/)?(optimizer|scheduler|scaler|training_args|rng_state.*)\\.(bin|pt|pth)"),
            keys("config\\.json|params\\.json", Layer.MODEL_CONFIG),
            keys("generation_config\\.json", Layer.GENERATION_DEFAULTS),
            keys("tokenizer_config\\.json", Layer.TOKENIZER),
            keys("chat_template\\.json", Layer.TEMPLATE),
            keys("(\\w+_)?(pre)?processor_config\\.json", Layer.PROCESSOR),
            keys("(hf_quant|quantize|quant)_config\\.json", Layer.QUANTIZATION),
            keys("adapter_config\\.json", Layer.ADAPTERS),
            whole("kv_cache_scales\\.json", Layer.QUANTIZATION),
            whole("preset\\.ini", Layer.GENERATION_DEFAULTS),
            whole("[^/]+\\.jinja|additional_chat_templates/[^/]+\\.jinja", Layer.TEMPLATE),
            whole("(tokenizer|vocab|spiece|sentencepiece)[^/]*|[^/]+\\.tiktoken|tekken\\.json", Layer.TOKENIZER),
            whole("merges\\.txt|added_tokens\\.json|special_tokens_map\\.json", Layer.TOKENIZER),
            whole("(.*/)?tokenization_\\w+\\.py", Layer.TOKENIZER),
            whole("(.*/)?(\\w+_)?(processing|feature_extraction)_\\w+\\.py", Layer.PROCESSOR),
            whole("adapter_model\\.\\w+", Layer.ADAPTERS),
            whole("(.*/)?[^/]+\\.(safetensors|bin|pt|pth|gguf|npz)", Layer.WEIGHTS),
            whole("(.*/)?[^/]+\\.(safetensors|bin)\\.index\\.json", Layer.WEIGHTS),
            whole("(.*/)?[^/]+\\.py|[^/]+\\.json", Layer.MODEL_CONFIG));

    private FileUseTable() {}

    /** A name, and the use of a file of that name. */
    record Row(Pattern path, FileUse use) {}

    private static Row note(String path) {
        return new Row(Pattern.compile(path), new FileUse.Note());
    }

    private static Row whole(String path, Layer layer) {
        return new Row(Pattern.compile(path), new FileUse.Whole(layer));
    }

    private static Row keys(String path, Layer layer) {
        return new Row(Pattern.compile(path), new FileUse.Keys(layer));
    }
}
