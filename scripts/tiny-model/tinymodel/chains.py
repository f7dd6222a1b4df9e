"""Chains of tool calls in which the model's own calls are fed back, with the results that the task has for them."""

from __future__ import annotations

from typing import Any

from tinymodel.evaluation import asked, drawn
from tinymodel.example import Example
from tinymodel.scoring import right
from tinymodel.server import Server, VideoFiles
from tinymodel.tasks import declared
from tinymodel.tasks.tools import LONGEST_COUNT, WORDINGS, counted

CHAINS = ("chain", "chain3")


def chains(server: Server, number: int) -> dict[str, Any]:
    """So many chains of two and of three calls with free layouts, by how many turns were right; and the counter's."""
    videos = VideoFiles()
    return {**{task: by_turns(server, videos, task, number) for task in CHAINS}, "counter": counters(server, videos)}


def by_turns(server: Server, videos: VideoFiles, task: str, number: int) -> list[int]:
    """Counts the chains with no right turn, one, … up to all of them."""
    examples = [drawn(task, "free", index)[0] for index in range(number)]
    counts = [0] * (1 + max(len(example.turns()) for example in examples))
    for example in examples:
        counts[followed(server, videos, example)] += 1
    return counts


def counters(server: Server, videos: VideoFiles) -> list[list[int]]:
    """Counts to 21, 22, … 30 in each wording: target and right turns of each chain."""
    targets = range(LONGEST_COUNT - 9, LONGEST_COUNT + 1)
    return [
        [target, followed(server, videos, Example("counter", counted(wording, target), (declared.COUNTER,)))]
        for target in targets
        for wording in WORDINGS["counter"]
    ]


def followed(server: Server, videos: VideoFiles, example: Example) -> int:
    """How many turns of one chain were right before the first wrong one.

    A right answer is the reference, so that the conversation that goes back is the one the model wrote.
    """
    for done, place in enumerate(example.turns()):
        if not right(example.answer(place), asked(server, videos, example.until(place - 1))):
            return done
    return len(example.turns())
