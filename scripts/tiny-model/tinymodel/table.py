"""Writes the evaluation table as a page."""

from __future__ import annotations

from typing import Any

from tinymodel import tasks
from tinymodel.chains import CHAINS
from tinymodel.evaluation import LAYOUTS
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
LEAST, MOST = 0.4, 0.9


def page(models: dict[str, Counts]) -> str:
    """The whole page; deterministic, so that the same weights and engine give the same bytes."""
    engines = sorted({counts["stack"]["engine"] for counts in models.values()})
    parts = [
        HEAD.format(engine=" and ".join(engines)),
        *(section(name, counts) for name, counts in models.items()),
        FOOT,
    ]
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
    for layout in LAYOUTS:
        pairs = [counts["tasks"][task][layout] for task in tasks.MODALITIES[modality]]
        cells.append(share(sum(hits for hits, _ in pairs), sum(number for _, number in pairs)))
    return f"| {modality} | {cells[0]} | {cells[1]} |"


def task_line(task: str, counts: Counts) -> str:
    """One task."""
    trained, free = (share(*counts["tasks"][task][layout]) for layout in LAYOUTS)
    return f"| {task} | {MEANING[task]} | {trained} | {free} |"


def notes(counts: Counts) -> list[str]:
    """What the tables do not show."""
    thoughts, total = counts["thoughts"]
    told = [
        outside_the_band(counts),
        few_prompts(counts),
        *chains(counts["chains"]),
        f"Answers that begin with a thought: {thoughts} of {total}.",
    ]
    return [f"* {line}" for line in told]


def outside_the_band(counts: Counts) -> str:
    """Names the tasks that are too easy or too hard for a detector to see much."""
    shares = {task: layouts["free"][0] / layouts["free"][1] for task, layouts in counts["tasks"].items()}
    outside = [f"{task} {short(shares[task])}" for task in tasks.TASKS if not LEAST <= shares[task] <= MOST]
    return f"Free accuracy outside {LEAST * 100:.0f}–{MOST * 100:.0f} %: {', '.join(outside) or 'no task'}."


def few_prompts(counts: Counts) -> str:
    """Names the tasks whose draws repeat each other, which an interval does not know."""
    number = counts["number"]
    few = [
        f"{task} {layout} {counts['distinct'][task][layout]}"
        for task in tasks.TASKS
        for layout in LAYOUTS
        if 2 * counts["distinct"][task][layout] < number
    ]
    return (
        "An interval takes draws for different prompts, so it says too much where they repeat each other."
        f" Fewer than half of {number} draws are distinct: {', '.join(few) or 'nowhere'}."
    )


def chains(counts: Counts) -> list[str]:
    """Chains of calls, the model's own calls fed back."""
    counters = counts["counter"]
    finished = sum(turns == target + 1 for target, turns in counters)
    middle = sorted(turns for _, turns in counters)[len(counters) // 2]
    ends = [f"{task} {share(counts[task][-1], sum(counts[task]))}" for task in CHAINS]
    return [
        f"Whole chains with free layouts, the model's own calls fed back, right to the last sentence: {', '.join(ends)}"
        f" of {sum(counts[CHAINS[0]])}.",
        f"Counter chains of {counters[0][0]} to {counters[-1][0]} steps, likewise: {finished} of {len(counters)} came"
        f" to the end; the middle one made {middle} right turns.",
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

Greedy answers over the chat API of the embedded stack, exact profile, engine `xllamacpp` {engine}, to unseen
draws of each task and layout. A share is followed by its 95 % interval (Wilson). Wordings are drawn from three a task;
of a conversation with several turns one turn is asked, with the right turns before it. *Trained* is the layout of the
first pictures; *free* is everything between: any place, size, colour shade, background and font that
[the tasks](../../scripts/tiny-model/tinymodel/tasks) draw at level 1.
"""
FOOT = """Made by `scripts/tiny-model/tiny-model evaluate`.
"""
