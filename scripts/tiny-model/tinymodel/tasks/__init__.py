"""Every task by name and modality."""

from __future__ import annotations

import random
from dataclasses import replace
from types import ModuleType

from tinymodel.example import Example, System
from tinymodel.layout import Layout
from tinymodel.tasks import lettering, text, tools, video, vision

MODALITIES = {
    "text": ("copy", "reverse", "add", "capital", "upper", "yesno", "json"),
    "vision": ("color", "shape", "describe", "count", "ocr", "code", "quadrant", "bbox", "click"),
    "video": ("direction", "flash"),
    "tools": ("click_tool", "weather", "sum", "chain", "chain3", "counter"),
}
TASKS = tuple(task for tasks in MODALITIES.values() for task in tasks)
SYSTEM = System("You are a helpful assistant.")
SYSTEM_SHARE = 0.15


def draw(task: str, rng: random.Random, layout: Layout) -> Example:
    """Draws one example; some conversations without tools begin with a system message."""
    example = module(task).draw(task, rng, layout)
    if example.tools or rng.random() >= SYSTEM_SHARE:
        return example
    return replace(example, messages=(SYSTEM, *example.messages))


def module(task: str) -> ModuleType:
    """The module that draws a task."""
    if task in text.WORDINGS:
        return text
    if task in vision.WORDINGS:
        return vision
    if task in video.WORDINGS:
        return video
    return tools if task in tools.WORDINGS else lettering
