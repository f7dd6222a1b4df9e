"""Examples for the tests, and their wording."""

from __future__ import annotations

import hashlib
import random

from tinymodel import tasks
from tinymodel.conversation import Frames, Segment
from tinymodel.example import Example
from tinymodel.layout import Layout


def drawn(task: str, layout: Layout, number: int, seed: str = "tests") -> list[Example]:
    """Some examples of a task."""
    return [tasks.draw(task, random.Random(f"{seed}/{task}/{index}"), layout) for index in range(number)]


def worded(parts: list[Segment]) -> str:
    """The text of a conversation, a mark and the digest of its pixels for each picture."""
    return "".join(picture_mark(part) if isinstance(part, Frames) else part.text for part in parts)


def picture_mark(part: Frames) -> str:
    """Stands for one picture."""
    return hashlib.sha256(b"".join(image.tobytes() for image in part.images)).hexdigest()
