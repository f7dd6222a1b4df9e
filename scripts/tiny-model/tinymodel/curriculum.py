"""Which tasks training draws and how freely they are laid out."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import Any

from tinymodel import tasks
from tinymodel.example import Example
from tinymodel.layout import FREE, TRAINED, Layout
from tinymodel.tasks import vision

# Shares of the draws before accuracy is taken into account: cheap and learnt tasks little, hard pictures much,
# long tool conversations little because each of them is hundreds of tokens.
SHARES = {
    "copy": 0.8, "reverse": 0.6, "add": 0.9, "capital": 0.4, "upper": 0.7, "yesno": 0.6, "json": 0.6,
    "color": 0.5, "shape": 2.5, "describe": 1.0, "count": 1.6, "ocr": 4.0, "code": 6.0, "quadrant": 0.5, "bbox": 1.6,
    "click": 1.2, "direction": 2.0, "flash": 0.6,
    "click_tool": 0.4, "weather": 0.25, "sum": 0.6, "chain": 0.2, "chain3": 0.25, "counter": 0.1,
}  # fmt: skip
FIRST_REACH, STEP, BAR, LEAST_SEEN = 0.3, 0.1, 0.55, 12
LEAST_SHARE, MEMORY = 0.15, 40
TRAINED_SHARE, FREE_SHARE, INTERVIEW_SHARE = 0.12, 0.08, 0.7


@dataclass
class Progress:
    """How far one task has come: its reach on the way to the free layout, and its accuracy there."""

    reach: float = FIRST_REACH
    seen: float = 0.0
    right: float = 0.0

    @property
    def accuracy(self) -> float:
        """The share of right answers lately, near the reach; 0 before there are enough."""
        return self.right / self.seen if self.seen >= LEAST_SEEN / 2 else 0.0

    def observe(self, seen: float, right: float) -> None:
        """Adds what was seen, and moves on when the bar is passed."""
        self.seen, self.right = self.seen + seen, self.right + right
        if self.seen > MEMORY:
            self.seen, self.right = self.seen / 2, self.right / 2
        if self.seen >= LEAST_SEEN and self.accuracy > BAR and self.reach < 1:
            self.reach = round(min(1.0, self.reach + STEP), 2)
            self.seen, self.right = self.seen / 4, self.right / 4


@dataclass
class Curriculum:
    """The progress of every task; part of the checkpoint."""

    progress: dict[str, Progress] = field(default_factory=lambda: {task: Progress() for task in tasks.TASKS})

    def draw(self, rng: random.Random) -> tuple[Example, float]:
        """One example to train on, and the level of its layout."""
        task = rng.choices(tasks.TASKS, [self.share(task) for task in tasks.TASKS])[0]
        layout = self.layout(rng, self.progress[task].reach)
        if task in vision.FIGURE_TASKS and rng.random() < INTERVIEW_SHARE:
            others = rng.sample([other for other in vision.FIGURE_TASKS if other != task], 2)
            return vision.interview(rng, layout, (task, *others)), layout.level
        return tasks.draw(task, rng, layout), layout.level

    def share(self, task: str) -> float:
        """A task that is answered well is drawn less."""
        one = self.progress[task]
        return SHARES[task] * max(LEAST_SHARE, 1 - one.accuracy * one.reach)

    def layout(self, rng: random.Random, reach: float) -> Layout:
        """A layout up to the reach, most of them near it; some trained ones to keep, some free ones to look ahead."""
        chance = rng.random()
        if chance < TRAINED_SHARE:
            return TRAINED
        return FREE if chance > 1 - FREE_SHARE else Layout(reach * rng.random() ** 0.5)

    def counts(self, task: str, level: float) -> bool:
        """Tells whether an answer at a level says how well the task does near its reach."""
        reach = self.progress[task].reach
        return 0.75 * reach <= level <= reach

    def state(self) -> dict[str, Any]:
        """The progress as plain values."""
        return {task: asdict(one) for task, one in self.progress.items()}

    @staticmethod
    def at(reach: float) -> Curriculum:
        """The beginning of a run whose weights know layouts up to a reach."""
        return Curriculum({task: Progress(reach) for task in tasks.TASKS})

    @staticmethod
    def of(state: dict[str, Any]) -> Curriculum:
        """The progress from plain values; a task that is new begins at the beginning."""
        return Curriculum({task: Progress(**state.get(task, {})) for task in tasks.TASKS})
