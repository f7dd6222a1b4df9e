"""The names of the tensors in a Hugging Face folder and in GGUF."""

from __future__ import annotations

import re

TEXT_NAMES = {
    "model.language_model.embed_tokens": "token_embd", "model.language_model.norm": "output_norm",
    "input_layernorm": "attn_norm", "mlp.down_proj": "ffn_down", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "post_attention_layernorm": "ffn_norm", "self_attn.k_norm": "attn_k_norm", "self_attn.k_proj": "attn_k",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.q_proj": "attn_q",
    "self_attn.v_proj": "attn_v",
}  # fmt: skip
VISION_NAMES = {
    "attn.proj": "attn_out", "attn.qkv": "attn_qkv", "mlp.linear_fc1": "ffn_up", "mlp.linear_fc2": "ffn_down",
    "norm1": "ln1", "norm2": "ln2", "linear_fc1": "fc1", "linear_fc2": "fc2", "norm": "norm",
    "merger.linear_fc1": "mm.0", "merger.linear_fc2": "mm.2", "merger.norm": "v.post_ln",
    "pos_embed": "v.position_embd", "patch_embed.proj": "v.patch_embd",
}  # fmt: skip
LAYER = re.compile(r"model\.(?:language_model\.layers|visual\.(blocks|deepstack_merger_list))\.(\d+)\.(.+)")


def renamed(name: str) -> str:
    """The name of a tensor in GGUF."""
    stem, _, kind = name.rpartition(".")
    inside = LAYER.fullmatch(stem)
    if inside is None:
        return f"{TEXT_NAMES.get(stem) or VISION_NAMES[stem.removeprefix('model.visual.')]}.{kind}"
    place = {None: "blk", "blocks": "v.blk", "deepstack_merger_list": "v.deepstack"}[inside[1]]
    names = TEXT_NAMES if inside[1] is None else VISION_NAMES
    return f"{place}.{inside[2]}.{names[inside[3]]}.{kind}"
