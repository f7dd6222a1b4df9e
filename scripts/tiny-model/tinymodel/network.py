"""A batched forward pass of Qwen3-VL over the modules and weights of transformers.

The reference code runs attention picture by picture; here all pictures of one size and all conversations of a batch
go through together. `reference.py` shows that both give the same numbers.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
import torch
import torch.nn.functional as functional
from transformers import Qwen3VLForConditionalGeneration
from transformers.models.qwen3_vl import modeling_qwen3_vl as reference

from tinymodel.encoding import Encoded

PATCH = 16
# Rows and columns of a batch where picture embeddings go, or nothing.
Where = Optional[tuple[torch.Tensor, torch.Tensor]]


def patches(frames: np.ndarray) -> tuple[torch.Tensor, int, int]:
    """Pixels (batch, 2, height, width, 3) as rows of 1,536 in the merged order, with the grid's height and width."""
    pixels = (torch.from_numpy(frames).float() / 255 - 0.5) / 0.5
    batch, steps, height, width, colors = pixels.shape
    rows, columns = height // PATCH, width // PATCH
    split = pixels.view(batch, steps, rows // 2, 2, PATCH, columns // 2, 2, PATCH, colors)
    ordered = split.permute(0, 2, 5, 3, 6, 8, 1, 4, 7)
    return ordered.reshape(batch, rows * columns, colors * steps * PATCH * PATCH), rows, columns


class Grids:
    """Position tables of the vision tower, kept by grid size."""

    def __init__(self, visual: torch.nn.Module) -> None:
        self.visual = visual
        self.known: dict[tuple[int, int], tuple[torch.Tensor, ...]] = {}

    def of(self, rows: int, columns: int) -> tuple[torch.Tensor, ...]:
        """Indices and weights of the interpolated position grid, cosines and sines of the rotary positions."""
        if (rows, columns) not in self.known:
            self.known[rows, columns] = self.made(torch.tensor([[1, rows, columns]]))
        return self.known[rows, columns]

    def made(self, grid: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Computes one entry with the reference code."""
        indices, weights = reference.get_vision_interpolation_indices_and_weights(
            grid, num_grid_per_side=self.visual.num_grid_per_side, mode="bilinear", align_corners=True,
            spatial_merge_size=2, kwargs={},
        )  # fmt: skip
        ids = reference.get_vision_position_ids(grid, 2, kwargs={})
        cosines, sines = self.visual.rotary_pos_emb(torch.zeros(1), ids)
        return indices, weights, cosines[None, None], sines[None, None]


def rotated(x: torch.Tensor) -> torch.Tensor:
    """The quarter turn of rotary positions."""
    first, second = x.chunk(2, -1)
    return torch.cat((-second, first), -1)


def see(visual: torch.nn.Module, grids: Grids, pixels: np.ndarray) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """The embeddings of pictures of one size, one after the other, and those of the deepstack layers."""
    rows, height, width = patches(pixels)
    batch, count, _ = rows.shape
    indices, weights, cosines, sines = grids.of(height, width)
    projection = visual.patch_embed.proj
    hidden = functional.linear(rows, projection.weight.flatten(1), projection.bias)
    hidden = hidden + (visual.pos_embed(indices) * weights[:, :, None]).sum(1)[None]
    deep, layers = [], list(visual.deepstack_visual_indexes)
    for number, block in enumerate(visual.blocks):
        qkv = block.attn.qkv(block.norm1(hidden)).view(batch, count, 3, block.attn.num_heads, -1)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        query, key = (x * cosines + rotated(x) * sines for x in (query, key))
        mixed = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, count, -1)
        hidden = hidden + block.attn.proj(mixed)
        hidden = hidden + block.mlp(block.norm2(hidden))
        if number in layers:
            deep.append(visual.deepstack_merger_list[layers.index(number)](hidden.flatten(0, 1)))
    return visual.merger(hidden.flatten(0, 1)), deep


def read(
    language: torch.nn.Module, x: torch.Tensor, positions: torch.Tensor, where: Where, deep: list[torch.Tensor]
) -> torch.Tensor:
    """The text model over embeddings (batch, length, width); `deep` is added at `where` after the first layers."""
    cosines, sines = language.rotary_emb(x, positions)
    batch, length, _ = x.shape
    for number, layer in enumerate(language.layers):
        attention, hidden = layer.self_attn, layer.input_layernorm(x)
        shape = (batch, length, -1, attention.head_dim)
        query = attention.q_norm(attention.q_proj(hidden).view(shape)).transpose(1, 2)
        key = attention.k_norm(attention.k_proj(hidden).view(shape)).transpose(1, 2)
        value = attention.v_proj(hidden).view(shape).transpose(1, 2)
        query, key = reference.apply_rotary_pos_emb(query, key, cosines, sines)
        key, value = (part.repeat_interleave(attention.num_key_value_groups, 1) for part in (key, value))
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))
        x = x + layer.mlp(layer.post_attention_layernorm(x))
        if number < len(deep):
            x = x.index_put(where, deep[number], accumulate=True)
    return language.norm(x)


class Network:
    """The model with the batched forward pass."""

    def __init__(self, model: Qwen3VLForConditionalGeneration, pad: int) -> None:
        self.model, self.pad = model, pad
        self.grids = Grids(model.model.visual)

    def hidden(self, batch: list[Encoded]) -> torch.Tensor:
        """The states before the output embedding, (batch, longest, width)."""
        longest = max(len(one.ids) for one in batch)
        ids = torch.full((len(batch), longest), self.pad)
        positions = torch.zeros(3, len(batch), longest, dtype=torch.long)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            positions[:, row, : len(one.ids)] = torch.tensor(one.positions).T
        x = self.model.model.language_model.embed_tokens(ids)
        where, seen, deep = self.pictures(batch)
        if where is not None:
            x = x.index_put(where, seen)
        return read(self.model.model.language_model, x, positions, where, deep)

    def pictures(self, batch: list[Encoded]) -> tuple[Where, torch.Tensor | None, list[torch.Tensor]]:
        """Where the pictures of a batch lie, and their embeddings."""
        sizes: dict[tuple[int, ...], list[tuple[int, int, np.ndarray]]] = {}
        for row, one in enumerate(batch):
            for offset, pixels in one.pictures:
                sizes.setdefault(pixels.shape, []).append((row, offset, pixels))
        if not sizes:
            return None, None, []
        rows, columns, seen, deep = [], [], [], []
        for group in sizes.values():
            embedded, layers = see(self.model.model.visual, self.grids, np.stack([pixels for _, _, pixels in group]))
            count = embedded.shape[0] // len(group)
            rows.append(torch.tensor([row for row, _, _ in group]).repeat_interleave(count))
            columns.append((torch.tensor([offset for _, offset, _ in group])[:, None] + torch.arange(count)).flatten())
            seen.append(embedded)
            deep.append(layers)
        return (torch.cat(rows), torch.cat(columns)), torch.cat(seen), [torch.cat(layer) for layer in zip(*deep)]

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """The scores of the next token for states (any, width)."""
        return self.model.lm_head(states)
