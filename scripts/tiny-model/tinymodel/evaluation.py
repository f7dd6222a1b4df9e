"""The evaluation table, made through the chat API of the embedded stack."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tinymodel import tasks
from tinymodel.chat import api_messages
from tinymodel.conversation import Segment, Words, prompt
from tinymodel.example import Assistant, Example
from tinymodel.layout import FREE, TRAINED
from tinymodel.scoring import Answer, right
from tinymodel.server import Server, VideoFiles

SEED = "evaluation"
LAYOUTS = {"trained": TRAINED, "free": FREE}
MOST_TOKENS = 120


@dataclass(frozen=True)
class Item:
    """One question: the conversation before the assistant's message at `place`."""

    task: str
    layout: str
    example: Example
    place: int

    @property
    def wanted(self) -> Assistant:
        """The answer that is right."""
        return self.example.answer(self.place)

    def before(self) -> Example:
        """What the model is given."""
        return self.example.until(self.place - 1)


def items(number: int, names: tuple[str, ...] = tasks.TASKS) -> Iterator[Item]:
    """So many questions for every task and layout; of a conversation with several turns, one turn is asked.

    The draws are seeded by names that training never uses.
    """
    for task in names:
        for layout in LAYOUTS:
            for index in range(number):
                example, rng = drawn(task, layout, index)
                yield Item(task, layout, example, rng.choice(example.turns()))


def drawn(task: str, layout: str, index: int) -> tuple[Example, random.Random]:
    """One draw of the evaluation, and the source of what else is drawn for it."""
    rng = random.Random(f"{SEED}/{task}/{layout}/{index}")
    return tasks.draw(task, rng, LAYOUTS[layout]), rng


def distinct(number: int, names: tuple[str, ...] = tasks.TASKS) -> dict[str, dict[str, int]]:
    """How many different prompts the draws of each task and layout are."""
    seen: dict[str, dict[str, set[bytes]]] = {}
    for item in items(number, names):
        seen.setdefault(item.task, {}).setdefault(item.layout, set()).add(digest(prompt(item.example, item.place)))
    return {task: {layout: len(found) for layout, found in layouts.items()} for task, layouts in seen.items()}


def digest(parts: list[Segment]) -> bytes:
    """The digest of a prompt's words and pixels."""
    told = hashlib.sha256()
    for part in parts:
        if isinstance(part, Words):
            told.update(part.text.encode())
        else:
            told.update(b"".join(image.tobytes() for image in part.images))
    return told.digest()


def asked(server: Server, videos: VideoFiles, example: Example) -> Answer:
    """What the model answers to a conversation."""
    offered = {"tools": list(example.tools)} if example.tools else {}
    return Answer.of(server.chat(api_messages(example, videos.encoded), max_tokens=MOST_TOKENS, **offered))


def measured(server: Server, number: int, names: tuple[str, ...] = tasks.TASKS) -> dict[str, Any]:
    """Hits and questions by task and layout, how many prompts were different, and how many answers had a thought."""
    videos = VideoFiles()
    counts: dict[str, dict[str, list[int]]] = {}
    thoughts = total = 0
    for item in items(number, names):
        answer = asked(server, videos, item.before())
        cell = counts.setdefault(item.task, {}).setdefault(item.layout, [0, 0])
        cell[0] += right(item.wanted, answer)
        cell[1] += 1
        thoughts, total = thoughts + (answer.thought is not None), total + 1
    return {"number": number, "tasks": counts, "distinct": distinct(number, names), "thoughts": [thoughts, total]}
