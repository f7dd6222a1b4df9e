"""Tells whether an answer is right, and how sure a share of right answers is."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from tinymodel.conversation import said
from tinymodel.example import Assistant, Call

LEAST_OVERLAP, CLICK_REACH, Z95 = 0.5, 120, 1.959963984540054


@dataclass(frozen=True)
class Answer:
    """What a model said: its thought apart from the rest."""

    text: str
    calls: tuple[Call, ...] = ()
    thought: str | None = None

    @staticmethod
    def of(choice: dict[str, Any]) -> Answer:
        """Reads a choice of the chat API."""
        message = choice["message"]
        thought, text = message.get("reasoning_content"), message.get("content") or ""
        if thought is None and "</think>" in text:
            thought, _, text = text.removeprefix("<think>").partition("</think>")
        calls = tuple(call_of(call["function"]) for call in message.get("tool_calls") or ())
        return Answer(text.strip("\n"), calls, thought and thought.strip("\n"))


def call_of(function: dict[str, str]) -> Call:
    """A call of the chat API; arguments that are no JSON object match nothing."""
    try:
        arguments = json.loads(function["arguments"])
    except ValueError:
        arguments = None
    return Call(function["name"], arguments if isinstance(arguments, dict) else {"unreadable": function["arguments"]})


def right(wanted: Assistant, answer: Answer) -> bool:
    """A box must overlap by half, a click lie near the middle; everything else must be equal."""
    task = wanted.task
    if task == "bbox":
        return overlap(box(wanted.text), box(answer.text)) > LEAST_OVERLAP
    if task in ("click", "click_tool"):
        return near(wanted, answer)
    return (wanted.text, wanted.calls) == (answer.text, answer.calls)


def box(text: str) -> list[float] | None:
    """The four sides of `[{"bbox_2d": [...]}]`, if they are there."""
    try:
        sides = json.loads(text)[0]["bbox_2d"]
        return [float(side) for side in sides] if len(sides) == 4 else None
    except (ValueError, LookupError, TypeError):
        return None


def overlap(first: list[float] | None, second: list[float] | None) -> float:
    """Intersection over union of two boxes."""
    if first is None or second is None:
        return 0.0
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(0.0, width) * max(0.0, height)
    both = sum((one[2] - one[0]) * (one[3] - one[1]) for one in (first, second)) - shared
    return shared / both if both > 0 else 0.0


def near(wanted: Assistant, answer: Answer) -> bool:
    """Tells whether both coordinates lie within 120 thousandths, in the right form."""
    told = Assistant(wanted.task, answer.text, "", answer.calls)
    number = r"\d+"
    shape, asked = (re.sub(number, "#", said(one)) for one in (told, wanted))
    pairs = zip(re.findall(number, said(told)), re.findall(number, said(wanted)))
    return shape == asked and all(abs(int(a) - int(b)) <= CLICK_REACH for a, b in pairs)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927)."""
    if number == 0:
        return 0.0, 1.0
    share, z2 = hits / number, Z95 * Z95
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = Z95 / (1 + z2 / number) * math.sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    return max(0.0, middle - half), min(1.0, middle + half)
