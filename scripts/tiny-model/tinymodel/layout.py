"""How far a scene leaves the layout that the first pictures were trained on."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A point between the trained layout (level 0) and the free one (level 1).

    Training moves along the levels as a curriculum; evaluation asks exactly at 0 (`TRAINED`) and at 1 (`FREE`).
    """

    level: float

    def between(self, trained: int, free: int) -> int:
        """A whole number on the way from the trained value to a freely drawn one."""
        return round(trained + self.level * (free - trained))

    def is_free(self, rng: random.Random) -> bool:
        """A choice that has no middle: free with the probability of the level."""
        return rng.random() < self.level


TRAINED, FREE = Layout(0.0), Layout(1.0)
