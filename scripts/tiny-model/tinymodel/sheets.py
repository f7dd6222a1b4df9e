"""Contact sheets: what the pictures of a task look like, to be looked at by people."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

from tinymodel import tasks
from tinymodel.example import Clip, Example, Picture, User
from tinymodel.layout import Layout

LEVELS = (0.0, 0.5, 1.0)
COLUMNS, GAP = 6, 4


def sheet(task: str) -> Image.Image:
    """Two rows for each of the levels 0, ½ and 1; a clip takes a row of its own frames."""
    rows = []
    for level in LEVELS:
        rng = random.Random(f"sheet/{task}/{level}")
        drawn = [images(tasks.draw(task, rng, Layout(level))) for _ in range(2 * COLUMNS)]
        if len(drawn[0]) > 1:
            rows += drawn[:3]
        else:
            rows += [[one[0] for one in drawn[start : start + COLUMNS]] for start in (0, COLUMNS)]
    return pasted(rows)


def images(example: Example) -> list[Image.Image]:
    """The pictures or frames of a conversation."""
    parts = [part for message in example.messages if isinstance(message, User) for part in message.parts]
    stills = [part.image for part in parts if isinstance(part, Picture)]
    return stills + [frame for part in parts if isinstance(part, Clip) for frame in part.frames]


def pasted(rows: list[list[Image.Image]]) -> Image.Image:
    """Pastes rows of pictures of one size on a grey ground."""
    width, height = rows[0][0].size
    total = (max(map(len, rows)) * (width + GAP), len(rows) * (height + GAP))
    ground = Image.new("RGB", total, (128, 128, 128))
    for row, pictures in enumerate(rows):
        for column, picture in enumerate(pictures):
            ground.paste(picture, (column * (width + GAP), row * (height + GAP)))
    return ground


def write_sheets(folder: Path) -> None:
    """Writes one sheet for each task with pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for task in (*tasks.MODALITIES["vision"], *tasks.MODALITIES["video"]):
        sheet(task).save(folder / f"{task}.png", optimize=True)
