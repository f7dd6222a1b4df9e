"""How strictly a scene keeps to the layout of the training pictures."""

import random
from dataclasses import dataclass
from enum import Enum

from PIL import Image


class Layout(Enum):
    TRAINED = "trained"
    FREE = "free"

    def shift(self, rng: random.Random, reach: int) -> int:
        """0, or up to `reach` pixels to either side."""
        return self.number(rng, 0, -reach, reach)

    def number(self, rng: random.Random, trained: int, low: int, high: int) -> int:
        return trained if self is Layout.TRAINED else rng.randint(low, high)


@dataclass(frozen=True)
class Scene:
    """A picture, or the frames of a clip, and the reference of the question about it."""

    content: Image.Image | list
    reference: dict


def answer(text: str) -> dict:
    return {"answers": [text]}


def number(value: int) -> dict:
    return {"number": {"value": value, "tolerance": 0}}
