"""Writes the evaluation table as a page."""

from __future__ import annotations

from typing import Any

from tinymodel import tasks
from tinymodel.scoring import wilson

MEANING = {
    "copy": "repeat 3–6 letters; free 3–10", "reverse": "2–4 digits backwards; free 2–7",
    "add": "sums up to 20; free up to 100", "capital": "30 capitals", "upper": "30 words; free: any 3–5 letters",
    "yesno": "compare numbers below 100; free below 1,000", "json": "one of 3 fields; free: of 2–5",
    "color": "colour of a shape", "shape": "kind of a shape", "describe": "colour and shape", "count": "1–5 dots",
    "ocr": "1–4 digits", "code": "1–4 spaced digits; free: 3–6 letters and digits in two fonts",
    "quadrant": "corner of a shape",
    "bbox": "box as JSON, overlap > .5", "click": "point on a button, within 120 thousandths",
    "direction": "where a square moves", "flash": "colour that flashes", "click_tool": "the same as a tool call",
    "weather": "call, then sentence", "sum": "call, then sentence; free: up to 999",
    "chain": "two calls, then sentence", "chain3": "three calls, then sentence",
    "counter": "count to 2–6; free: to 30",
}  # fmt: skip
Counts = dict[str, Any]


def page(models: dict[str, Counts]) -> str:
    """The whole page; deterministic, so that the same weights and engine give the same bytes."""
    parts = [HEAD, *(section(name, counts) for name, counts in models.items()), FOOT]
    return "\n".join(parts)


def section(name: str, counts: Counts) -> str:
    """The tables of one model."""
    by_modality = [modality_line(modality, counts) for modality in tasks.MODALITIES]
    by_task = [task_line(task, counts) for task in tasks.TASKS]
    return "\n".join(
        [
            f"## {name}\n",
            DRAWS.format(number=counts["number"]),
            *MODALITY_HEAD,
            *by_modality,
            "",
            *TASK_HEAD,
            *by_task,
            "",
            *notes(counts),
            "",
        ]
    )


def modality_line(modality: str, counts: Counts) -> str:
    """All tasks of one modality together."""
    cells = []
    for layout in ("trained", "free"):
        pairs = [counts["tasks"][task][layout] for task in tasks.MODALITIES[modality]]
        cells.append(share(sum(hits for hits, _ in pairs), sum(number for _, number in pairs)))
    return f"| {modality} | {cells[0]} | {cells[1]} |"


def task_line(task: str, counts: Counts) -> str:
    """One task."""
    trained, free = (share(*counts["tasks"][task][layout]) for layout in ("trained", "free"))
    return f"| {task} | {MEANING[task]} | {trained} | {free} |"


def notes(counts: Counts) -> list[str]:
    """What the tables do not show."""
    chains, (thoughts, total) = counts["chains"], counts["thoughts"]
    finished = sum(turns == target + 1 for target, turns in chains)
    middle = sorted(turns for _, turns in chains)[len(chains) // 2]
    return [
        f"Counter chains of {chains[0][0]} to {chains[-1][0]} steps, the model's own calls fed back: {finished} of "
        f"{len(chains)} came to the end; the middle one made {middle} right turns.",
        f"Answers that begin with a thought: {thoughts} of {total}.",
    ]


def share(hits: int, number: int) -> str:
    """A share with its 95 % interval, without the leading zeros."""
    low, high = wilson(hits, number)
    return f"{short(hits / number)} ({short(low)}–{short(high)})"


def short(value: float) -> str:
    """Three digits."""
    return f"{value:.3f}".removeprefix("0")


DRAWS = "{number} draws for each task and layout.\n"
MODALITY_HEAD = ["| modality | trained layouts | free layouts |", "|---|---|---|"]
TASK_HEAD = ["| task | what | trained layout | free layout |", "|---|---|---|---|"]
HEAD = """# What the tiny models answer

Greedy answers over the chat API of the embedded stack, exact profile, engine `xllamacpp` 2026.10.11549, to unseen
draws of each task and layout. A share is followed by its 95 % interval (Wilson). Wordings are drawn from three a task;
of a conversation with several turns one turn is asked, with the right turns before it. *Trained* is the layout of the
first pictures; *free* is everything between: any place, size, colour shade, background and font that
[the tasks](../../scripts/tiny-model/tinymodel/tasks) draw at level 1.
"""
FOOT = """Made by `scripts/tiny-model/tiny-model evaluate`.
"""
