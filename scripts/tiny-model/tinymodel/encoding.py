"""Conversations in tokens and positions, as the network and the server count them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tinymodel.conversation import Frames, Segment, Words

MERGED = 32
PAD, PICTURE, PICTURE_START, PICTURE_END = "<|endoftext|>", "<|image_pad|>", "<|vision_start|>", "<|vision_end|>"


@dataclass(frozen=True)
class Encoded:
    """One conversation in tokens: what to learn (-1: nothing), rotary positions (3 a token), pictures by offset."""

    ids: list[int]
    places: list[int]
    positions: list[tuple[int, int, int]]
    pictures: list[tuple[int, np.ndarray]]


@dataclass(frozen=True)
class Encoder:
    """Turns segments into tokens."""

    tokens: Callable[[str], list[int]]
    special: dict[str, int]

    def encode(self, parts: list[Segment]) -> Encoded:
        """One conversation."""
        result = Encoded([], [], [], [])
        position = 0
        for part in parts:
            position = (
                self.words(result, part, position) if isinstance(part, Words) else self.frames(result, part, position)
            )
        return result

    def words(self, result: Encoded, part: Words, position: int) -> int:
        """Appends a text; returns the next position."""
        for token in self.tokens(part.text):
            push(result, token, part.place, (position,) * 3)
            position += 1
        return position

    def frames(self, result: Encoded, part: Frames, position: int) -> int:
        """Appends one picture or one pair of frames; returns the next position."""
        push(result, self.special[PICTURE_START], -1, (position,) * 3)
        pixels = np.stack([np.asarray(part.images[0]), np.asarray(part.images[-1])])
        rows, columns = pixels.shape[1] // MERGED, pixels.shape[2] // MERGED
        result.pictures.append((len(result.ids), pixels))
        start = position + 1
        for row in range(rows):
            for column in range(columns):
                push(result, self.special[PICTURE], -1, (start, start + row, start + column))
        end = start + max(rows, columns)
        push(result, self.special[PICTURE_END], -1, (end,) * 3)
        return end + 1


def push(result: Encoded, token: int, place: int, position: tuple[int, int, int]) -> None:
    """Appends one token."""
    result.ids.append(token)
    result.places.append(place)
    result.positions.append(position)


def load_encoder(folder: Path) -> Encoder:
    """The tokenizer of a model."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    special = {name: tokenizer.token_to_id(name) for name in (PAD, PICTURE, PICTURE_START, PICTURE_END)}
    return Encoder(lambda text: tokenizer.encode(text, add_special_tokens=False).ids, special)
