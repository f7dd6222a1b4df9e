"""The evaluation table, made through the chat API of the embedded stack."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinymodel import tasks
from tinymodel.chat import api_messages
from tinymodel.example import Assistant, Example
from tinymodel.layout import FREE, TRAINED
from tinymodel.scoring import Answer, right
from tinymodel.server import Server, VideoFiles, served
from tinymodel.tasks import declared
from tinymodel.tasks.tools import LONGEST_COUNT, WORDINGS, counted

SEED = "evaluation"
LAYOUTS = {"trained": TRAINED, "free": FREE}
MOST_TOKENS = 120
TEXT_FILE, PROJECTOR_FILE = "tinyvl-F16.gguf", "mmproj-tinyvl-F16.gguf"


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
        for layout, level in LAYOUTS.items():
            for index in range(number):
                rng = random.Random(f"{SEED}/{task}/{layout}/{index}")
                example = tasks.draw(task, rng, level)
                yield Item(task, layout, example, rng.choice(example.turns()))


def asked(server: Server, videos: VideoFiles, example: Example) -> Answer:
    """What the model answers to a conversation."""
    offered = {"tools": list(example.tools)} if example.tools else {}
    return Answer.of(server.chat(api_messages(example, videos.encoded), max_tokens=MOST_TOKENS, **offered))


def measured(server: Server, number: int, names: tuple[str, ...] = tasks.TASKS) -> dict[str, Any]:
    """Hits and questions by task and layout, how many answers had a thought, and the counter's long chains."""
    videos = VideoFiles()
    counts: dict[str, dict[str, list[int]]] = {}
    thoughts = total = 0
    for item in items(number, names):
        answer = asked(server, videos, item.before())
        cell = counts.setdefault(item.task, {}).setdefault(item.layout, [0, 0])
        cell[0] += right(item.wanted, answer)
        cell[1] += 1
        thoughts, total = thoughts + (answer.thought is not None), total + 1
    result: dict[str, Any] = {"number": number, "tasks": counts, "thoughts": [thoughts, total]}
    if "counter" in names:
        result["chains"] = chains(server, videos)
    return result


def chains(server: Server, videos: VideoFiles) -> list[list[int]]:
    """Counts to 21, 22, … 30 in each wording, the model's own calls fed back: target and right turns of each chain."""
    targets = range(LONGEST_COUNT - 9, LONGEST_COUNT + 1)
    return [[target, chain(server, videos, wording, target)] for target in targets for wording in WORDINGS["counter"]]


def chain(server: Server, videos: VideoFiles, wording: str, target: int) -> int:
    """How many turns of one chain were right before the first wrong one.

    A right answer is the reference, so that the conversation that goes back is the one the model wrote.
    """
    example = Example("counter", counted(wording, target), (declared.COUNTER,))
    for done, place in enumerate(example.turns()):
        if not right(example.answer(place), asked(server, videos, example.until(place - 1))):
            return done
    return len(example.turns())


def evaluate(folder: Path, name: str, number: int) -> dict[str, Any]:
    """Evaluates the GGUF files of one folder."""
    with served(folder / TEXT_FILE, folder / PROJECTOR_FILE, name) as server:
        return measured(server, number)
