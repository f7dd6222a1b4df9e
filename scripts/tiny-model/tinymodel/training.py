"""Training in legs: seeded, with a schedule in steps, resumed from a checkpoint.

What a step draws depends on the seed, the step and the rank only, so a run in many legs is the run in one leg. The
wall clock decides where a leg ends and nothing else.
"""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as distributed

from tinymodel.conversation import segments
from tinymodel.curriculum import FIRST_REACH, Curriculum
from tinymodel.encoding import PAD, load_encoder
from tinymodel.learning import Learner, Optimizer
from tinymodel.models import load_model, save_model
from tinymodel.network import Network

CHECKPOINT, LOG = "checkpoint.pt", "log.jsonl"
SAVE_EVERY, LOG_EVERY = 50, 10


@dataclass(frozen=True)
class Plan:
    """What a training run is; a checkpoint can only be resumed under the plan it was made with, but for `steps`.

    The learning rate rises over `warmup` steps, stays, and falls in a straight line over the last `decay` of `steps`.
    `reach` is how free the layouts are at first, from 0 to 1.
    """

    seed: int = 1
    steps: int = 5000
    batch: int = 64
    warmup: int = 60
    decay: int = 1200
    rate: float = 0.002
    reach: float = FIRST_REACH
    thinking: bool = False
    workers: int = 2

    def factor(self, step: int) -> float:
        """The share of the full learning rate at a step."""
        rising = (step + 1) / self.warmup
        falling = (self.steps - step) / self.decay
        return max(0.0, min(1.0, rising, falling))


@dataclass(frozen=True)
class Folder:
    """Where a run keeps its checkpoint, its log and its model."""

    path: Path

    def load(self) -> dict[str, Any] | None:
        """The checkpoint, if there is one."""
        file = self.path / CHECKPOINT
        return torch.load(file, weights_only=True) if file.is_file() else None

    def save(self, state: dict[str, Any]) -> None:
        """Writes the checkpoint in one move, so that a killed leg leaves the one before."""
        draft = self.path / (CHECKPOINT + ".new")
        torch.save(state, draft)
        os.replace(draft, self.path / CHECKPOINT)

    def log(self, entry: dict[str, Any]) -> None:
        """Appends one line to the log."""
        with (self.path / LOG).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry, sort_keys=True) + "\n")

    def cut_log(self, step: int) -> None:
        """Drops the lines of steps that a killed leg made after its last checkpoint, and a torn last line."""
        file = self.path / LOG
        if not file.is_file():
            return
        lines = [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]
        draft = self.path / (LOG + ".new")
        draft.write_text("".join(line for line in lines if json.loads(line)["step"] <= step), encoding="utf-8")
        os.replace(draft, file)


class Leg:
    """One leg of one worker."""

    def __init__(self, plan: Plan, folder: Folder, start: Path, rank: int) -> None:
        self.plan, self.folder, self.rank = plan, folder, rank
        self.encoder = load_encoder(start)
        self.network = Network(load_model(start), self.encoder.special[PAD])
        self.optimizer = Optimizer(self.network.model, plan.rate)
        self.learner = Learner(self.network, plan.workers)
        self.curriculum, self.step, self.seconds = Curriculum.at(plan.reach), 0, 0.0
        self.resume(folder.load())
        if rank == 0:
            folder.cut_log(self.step)

    def resume(self, state: dict[str, Any] | None) -> None:
        """Goes on where the checkpoint was written."""
        if state is None:
            return
        before = {**asdict(Plan()), **state["plan"], "steps": self.plan.steps, "decay": self.plan.decay}
        if before != asdict(self.plan):
            raise ValueError(f"{self.folder.path}: checkpoint of another plan {state['plan']}; use another folder")
        self.network.model.load_state_dict(state["model"])
        self.optimizer.adam.load_state_dict(state["optimizer"])
        self.curriculum, self.step = Curriculum.of(state["curriculum"]), state["step"]
        self.seconds = state["seconds"]

    def run(self, seconds: float) -> None:
        """Trains until the plan or the time of the leg is over."""
        began, before = time.monotonic(), self.seconds
        while self.step < self.plan.steps and not self.late(began, seconds):
            report = self.train_step()
            self.seconds = before + time.monotonic() - began
            if self.rank == 0 and self.step % LOG_EVERY == 0:
                self.folder.log({"step": self.step, "seconds": round(self.seconds, 1), **report})
            if self.step % SAVE_EVERY == 0:
                self.save()
        self.save()

    def late(self, began: float, seconds: float) -> bool:
        """The first worker's clock decides for all."""
        over = torch.tensor([float(time.monotonic() - began > seconds)])
        if self.plan.workers > 1:
            distributed.broadcast(over, 0)
        return bool(over.item())

    def train_step(self) -> dict[str, Any]:
        """One step over one batch a worker."""
        rng = random.Random(f"{self.plan.seed}/{self.step}/{self.rank}")
        drawn = [self.curriculum.draw(rng) for _ in range(self.plan.batch)]
        if self.plan.thinking:
            drawn = [(example.until(rng.choice(example.turns())), level) for example, level in drawn]
        batch = [
            (example, level, self.encoder.encode(segments(example, self.plan.thinking))) for example, level in drawn
        ]
        loss, tally = self.learner.gradients(batch, self.curriculum)
        self.optimizer.step(self.plan.factor(self.step))
        for task, (seen, right) in tally.items():
            self.curriculum.progress[task].observe(seen, right)
        self.step += 1
        levels = {task: [one.reach, round(one.accuracy, 3)] for task, one in self.curriculum.progress.items()}
        return {"loss": round(loss, 4), "factor": round(self.plan.factor(self.step - 1), 4), "tasks": levels}

    def save(self) -> None:
        """Writes checkpoint and model; the first worker does it for all."""
        if self.rank != 0:
            return
        self.folder.save({
            "plan": asdict(self.plan), "model": self.network.model.state_dict(),
            "optimizer": self.optimizer.adam.state_dict(), "curriculum": self.curriculum.state(), "step": self.step,
            "seconds": self.seconds,
        })  # fmt: skip
        save_model(self.network.model, self.folder.path / "hf")


def worker(rank: int, plan: Plan, folder: Path, start: Path, seconds: float, port: int) -> None:
    """The body of one training process; each computes on one thread."""
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    torch.set_flush_denormal(True)
    if plan.workers > 1:
        address = f"tcp://127.0.0.1:{port}"
        distributed.init_process_group("gloo", init_method=address, rank=rank, world_size=plan.workers)
    Leg(plan, Folder(folder), start, rank).run(seconds)
    if plan.workers > 1:
        distributed.destroy_process_group()
