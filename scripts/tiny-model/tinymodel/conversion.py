"""Turns a Hugging Face folder into the two GGUF files that llama.cpp reads: text model and projector.

Written for this one shape of Qwen3-VL with `numpy` and `gguf` alone; the same input gives the same bytes. Matrices
become F16, everything else stays F32, which is what llama.cpp's own converter does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from safetensors.numpy import load_file

from tinymodel.tensor_names import renamed

TEXT, PROJECTOR = "qwen3vl", "clip"
PATCH_FILTER = "model.visual.patch_embed.proj.weight"
POSITIONS = "v.position_embd.weight"


@dataclass(frozen=True)
class Source:
    """What a Hugging Face folder holds."""

    config: dict[str, Any]
    tokenizer: dict[str, Any]
    processor: dict[str, Any]
    template: str
    tensors: dict[str, np.ndarray]

    @staticmethod
    def read(folder: Path) -> Source:
        """Reads the files that the conversion needs."""
        config, tokenizer, processor = (
            json.loads((folder / name).read_text(encoding="utf-8"))
            for name in ("config.json", "tokenizer.json", "preprocessor_config.json")
        )
        template = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))["chat_template"]
        return Source(config, tokenizer, processor, template, load_file(folder / "model.safetensors"))

    def part(self, vision: bool) -> dict[str, np.ndarray]:
        """The tensors of the vision tower or those of the text model, in their order in GGUF."""
        chosen = {name: value for name, value in self.tensors.items() if name.startswith("model.visual.") == vision}
        return {name: chosen[name] for name in sorted(chosen)}


def convert(folder: Path, name: str, text: Path, projector: Path) -> None:
    """Writes both files; `name` becomes `general.name`."""
    source = Source.read(folder)
    write_text(source, name, text)
    write_projector(source, name, projector)


def write_text(source: Source, name: str, target: Path) -> None:
    """Writes text model, tokenizer and chat template."""
    writer = started(target, TEXT, "model", name, source.part(vision=False))
    add_text_shape(writer, source.config["text_config"])
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_num_deepstack_layers(len(source.config["vision_config"]["deepstack_visual_indexes"]))
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    add_tokenizer(writer, source)
    finish(writer, source.part(vision=False))


def started(target: Path, architecture: str, kind: str, name: str, tensors: dict[str, np.ndarray]) -> gguf.GGUFWriter:
    """A writer with the entries every file begins with."""
    writer = gguf.GGUFWriter(target, architecture)
    writer.add_type(kind)
    writer.add_name(name)
    parameters = sum(tensor.size for tensor in tensors.values())
    writer.add_size_label(gguf.size_label(parameters, 0, 0, 0))
    return writer


def add_text_shape(writer: gguf.GGUFWriter, shape: dict[str, Any]) -> None:
    """Says how large the text model is."""
    writer.add_block_count(shape["num_hidden_layers"])
    writer.add_context_length(shape["max_position_embeddings"])
    writer.add_embedding_length(shape["hidden_size"])
    writer.add_feed_forward_length(shape["intermediate_size"])
    writer.add_head_count(shape["num_attention_heads"])
    writer.add_head_count_kv(shape["num_key_value_heads"])
    writer.add_rope_dimension_sections([*shape["rope_parameters"]["mrope_section"], 0])
    writer.add_rope_freq_base(shape["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(shape["rms_norm_eps"])
    writer.add_key_length(shape["head_dim"])
    writer.add_value_length(shape["head_dim"])


def add_tokenizer(writer: gguf.GGUFWriter, source: Source) -> None:
    """Writes vocabulary, merges, special tokens and chat template."""
    added = source.tokenizer["added_tokens"]
    special = {entry["id"]: entry["special"] for entry in added}
    numbers = source.tokenizer["model"]["vocab"] | {entry["content"]: entry["id"] for entry in added}
    tokens = sorted(numbers, key=numbers.__getitem__)
    kinds = {None: gguf.TokenType.NORMAL, True: gguf.TokenType.CONTROL, False: gguf.TokenType.USER_DEFINED}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([kinds[special.get(numbers[token])] for token in tokens])
    writer.add_token_merges([" ".join(merge) for merge in source.tokenizer["model"]["merges"]])
    writer.add_eos_token_id(numbers["<|im_end|>"])
    writer.add_pad_token_id(numbers["<|endoftext|>"])
    writer.add_bos_token_id(numbers["<|endoftext|>"])
    writer.add_add_bos_token(False)
    writer.add_chat_template(source.template)


def write_projector(source: Source, name: str, target: Path) -> None:
    """Writes the vision tower."""
    shape, tensors = source.config["vision_config"], source.part(vision=True)
    writer = started(target, PROJECTOR, "mmproj", name, tensors)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_clip_has_vision_encoder(True)
    writer.add_vision_projection_dim(source.config["text_config"]["hidden_size"])
    writer.add_vision_image_size(round(shape["num_position_embeddings"] ** 0.5) * shape["patch_size"])
    writer.add_vision_patch_size(shape["patch_size"])
    writer.add_vision_embedding_length(shape["hidden_size"])
    writer.add_vision_feed_forward_length(shape["intermediate_size"])
    writer.add_vision_block_count(shape["depth"])
    writer.add_vision_head_count(shape["num_heads"])
    writer.add_vision_image_mean(source.processor["image_mean"])
    writer.add_vision_image_std(source.processor["image_std"])
    writer.add_clip_projector_type(gguf.VisionProjectorType.QWEN3VL)
    writer.add_vision_use_gelu(True)
    writer.add_vision_spatial_merge_size(shape["spatial_merge_size"])
    writer.add_vision_attention_layernorm_eps(1e-6)
    layers = [number in shape["deepstack_visual_indexes"] for number in range(shape["depth"])]
    writer.add_vision_is_deepstack_layers(layers)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    finish(writer, tensors)


def finish(writer: gguf.GGUFWriter, tensors: dict[str, np.ndarray]) -> None:
    """Writes every tensor and closes the file."""
    for name, tensor in tensors.items():
        for target, part in parts(name, tensor):
            matrix = part.ndim > 1 and target != POSITIONS
            writer.add_tensor(target, part.astype(np.float16) if matrix else part)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def parts(name: str, tensor: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """What a tensor becomes: itself, but the patch filter is cut into one filter for each of two frames."""
    if name != PATCH_FILTER:
        return [(renamed(name), tensor)]
    return [
        (renamed(name) + suffix, np.ascontiguousarray(tensor[:, :, step])) for step, suffix in enumerate(("", ".1"))
    ]
