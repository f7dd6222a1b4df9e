"""Compares the served GGUF files with the Hugging Face model: first candidates and greedy texts.

The model runs here through the official forward pass of transformers in 32-bit floats, one conversation at a time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from tinymodel import tasks
from tinymodel.chat import api_messages
from tinymodel.conversation import prompt
from tinymodel.encoding import PAD, PICTURE, Encoded, load_encoder
from tinymodel.evaluation import MOST_TOKENS, Item
from tinymodel.layout import Layout
from tinymodel.models import load_model
from tinymodel.network import Network, patches
from tinymodel.server import Server, VideoFiles, served

CANDIDATES, SEED = 5, "reference"
STOP = "<|im_end|>"


@dataclass(frozen=True)
class Said:
    """A greedy answer in tokens, and the candidates for its first token with their log probabilities."""

    tokens: list[int]
    first: dict[int, float]


class Reference:
    """The official forward pass."""

    def __init__(self, folder: Path) -> None:
        self.model = load_model(folder).eval()
        self.encoder = load_encoder(folder)
        self.stop = Tokenizer.from_file(str(folder / "tokenizer.json")).token_to_id(STOP)

    def logits(self, encoded: Encoded, more: list[int]) -> torch.Tensor:
        """The scores after every token of a conversation and the tokens said so far."""
        ids = torch.tensor([encoded.ids + more])
        settings: dict[str, Any] = {}
        if encoded.pictures:
            seen = [patches(pixels[None]) for _, pixels in encoded.pictures]
            settings = {
                "pixel_values": torch.cat([rows[0] for rows, _, _ in seen]),
                "image_grid_thw": torch.tensor([[1, height, width] for _, height, width in seen]),
                "mm_token_type_ids": (ids == self.encoder.special[PICTURE]).long(),
            }
        with torch.no_grad():
            return self.model(input_ids=ids, attention_mask=torch.ones_like(ids), **settings).logits[0]

    def says(self, item: Item) -> Said:
        """The greedy answer."""
        encoded = self.encoder.encode(prompt(item.example, item.place))
        tokens: list[int] = []
        first: dict[int, float] = {}
        while len(tokens) < MOST_TOKENS:
            scores = torch.log_softmax(self.logits(encoded, tokens)[-1], -1)
            if not tokens:
                values, ids = scores.topk(CANDIDATES)
                first = dict(zip(ids.tolist(), values.tolist()))
            tokens.append(int(scores.argmax()))
            if tokens[-1] == self.stop:
                break
        return Said(tokens, first)


def server_says(server: Server, videos: VideoFiles, item: Item) -> Said:
    """The greedy answer of the served files; the token that ends it is among its log probabilities."""
    example = item.before()
    offered = {"tools": list(example.tools)} if example.tools else {}
    settings = {"max_tokens": MOST_TOKENS, "logprobs": True, "top_logprobs": 4 * CANDIDATES, **offered}
    tokens = server.chat(api_messages(example, videos.encoded), **settings)["logprobs"]["content"]
    return Said([token["id"] for token in tokens], {one["id"]: one["logprob"] for one in tokens[0]["top_logprobs"]})


def compared(hf: Path, text: Path, projector: Path, number: int) -> dict[str, Any]:
    """Compares so many conversations of every task; differences are of log probabilities of the same token."""
    reference, videos = Reference(hf), VideoFiles()
    same, differences, firsts, total, missing = 0, [], 0, 0, 0
    with served(text, projector, "tiny-model-reference") as server:
        for item in drawn(number):
            ours, theirs = reference.says(item), server_says(server, videos, item)
            total, same = total + 1, same + (ours.tokens == theirs.tokens)
            firsts += ours.tokens[:1] == theirs.tokens[:1]
            missing += len(ours.first.keys() - theirs.first.keys())
            differences += [
                abs(value - theirs.first[token]) for token, value in ours.first.items() if token in theirs.first
            ]
    return {
        "conversations": total, "sameText": same, "sameFirstToken": firsts, "candidates": len(differences),
        "missing": missing, "largest": round(max(differences), 5),
        "mean": round(sum(differences) / len(differences), 6),
    }  # fmt: skip


def drawn(number: int) -> list[Item]:
    """Conversations of every task at random levels."""
    result = []
    for task in tasks.TASKS:
        for index in range(number):
            rng = random.Random(f"{SEED}/{task}/{index}")
            example = tasks.draw(task, rng, Layout(rng.random()))
            result.append(Item(task, "any", example, rng.choice(example.turns())))
    return result


def network_difference(hf: Path, number: int) -> float:
    """The largest difference of scores between the batched forward pass of training and the official one."""
    reference = Reference(hf)
    network = Network(reference.model, reference.encoder.special[PAD])
    largest = 0.0
    for item in drawn(number):
        encoded = reference.encoder.encode(prompt(item.example, item.place))
        with torch.no_grad():
            batched = network.logits(network.hidden([encoded])[0])
        largest = max(largest, float((batched - reference.logits(encoded, [])).abs().max()))
    return largest
