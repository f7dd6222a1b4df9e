"""Questions about a short clip of a square."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from PIL import Image

from tinymodel.example import Assistant, Clip, Example, asked
from tinymodel.layout import Layout
from tinymodel.tasks.figures import COLORS, SIDE, Figure, background, tinted

STEPS = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}
WORDINGS = {
    "direction": (
        "Which direction does the square move?", "Where is the square moving?", "Tell me the direction of the square.",
    ),
    "flash": ("Which color flashes?", "Tell me the color that flashes.", "What is the color of the flash?"),
}  # fmt: skip


@dataclass(frozen=True)
class Path:
    """A straight way of the square: its lane, its middle and its length in pixels."""

    lane: int
    middle: int
    length: int

    def place(self, step: tuple[int, int], progress: float) -> tuple[int, int]:
        """The middle of the square at a progress from 0 to 1."""
        along = round(self.middle + (progress - 0.5) * self.length * sum(step))
        return (along, self.lane) if step[0] else (self.lane, along)


def square(rng: random.Random, layout: Layout, radius: int) -> Figure:
    """A square in the middle."""
    color = rng.choice(list(COLORS))
    fill = tinted(rng, COLORS[color], layout)
    return Figure(color, "square", SIDE // 2, SIDE // 2, radius, fill, background(rng, fill, layout))


def frame_count(rng: random.Random, layout: Layout) -> int:
    """Four frames; freely four or six."""
    return rng.choice((4, 6)) if layout.is_free(rng) else 4


def moving(rng: random.Random, layout: Layout) -> Example:
    """A square that crosses the picture; freely on any lane, over a shorter way and of other sizes."""
    shown = square(rng, layout, layout.between(12, rng.randint(9, 14)))
    length = layout.between(48, rng.randint(10, 48))
    reach = SIDE // 2 - 15 - length // 2
    path = Path(layout.between(48, rng.randint(20, 76)), layout.between(48, 48 + rng.randint(-reach, reach)), length)
    direction, count = rng.choice(list(STEPS)), frame_count(rng, layout)
    places = [path.place(STEPS[direction], index / (count - 1)) for index in range(count)]
    frames = tuple(replace(shown, x=x, y=y).image() for x, y in places)
    return about("direction", rng, frames, Assistant("direction", direction, f"{places[0]} to {places[-1]}"))


def flashing(rng: random.Random, layout: Layout) -> Example:
    """A square that is lit in half of the frames; freely in fewer, anywhere and of other sizes, down to a few pixels."""
    shown = square(rng, layout, layout.between(22, rng.randint(3, 24)))
    x, y = (layout.between(48, rng.randint(24, 72)) for _ in range(2))
    count = frame_count(rng, layout)
    on = rng.sample(range(count), layout.between(count // 2, rng.randint(1, count // 2)))
    lit, dark = replace(shown, x=x, y=y).image(), Image.new("RGB", (SIDE, SIDE), shown.background)
    frames = tuple(lit if index in on else dark for index in range(count))
    return about("flash", rng, frames, Assistant("flash", shown.color, f"A {shown.color} square"))


def about(task: str, rng: random.Random, frames: tuple[Image.Image, ...], answer: Assistant) -> Example:
    """The question about a clip."""
    return Example(task, (asked((Clip(frames), rng.choice(WORDINGS[task]))), answer))


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """One clip and the question about it."""
    return moving(rng, layout) if task == "direction" else flashing(rng, layout)
