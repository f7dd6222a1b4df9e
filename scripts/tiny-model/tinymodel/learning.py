"""Gradients of one step and the optimizer that applies them."""

from __future__ import annotations

import torch
import torch.distributed as distributed
import torch.nn.functional as functional

from tinymodel import tasks
from tinymodel.curriculum import Curriculum
from tinymodel.encoding import Encoded
from tinymodel.example import Example
from tinymodel.network import Network

MICRO_BATCH_TOKENS = 2600
# Coordinates count as right when no more tokens than these are not the likeliest: last digits are guesses.
TOLERATED = {"bbox": 4.0, "click": 1.0, "click_tool": 1.0}
Drawn = tuple[Example, float, Encoded]
Tally = dict[str, tuple[float, float]]


WIDTH, DECAY = 128, 0.05


class Optimizer:
    """AdamW whose rate falls with the number of inputs of a matrix, as the patch filter (1,536) and mergers need."""

    def __init__(self, model: torch.nn.Module, rate: float) -> None:
        groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, parameter in model.named_parameters():
            inputs = (
                WIDTH if parameter.ndim < 2 or "embed_tokens" in name or "pos_embed" in name else parameter[0].numel()
            )
            key = (min(1.0, WIDTH / inputs), DECAY if parameter.ndim >= 2 else 0.0)
            groups.setdefault(key, []).append(parameter)
        self.parameters = list(model.parameters())
        self.rates = [rate * share for share, _ in groups]
        settings = [{"params": members, "weight_decay": decay} for (_, decay), members in groups.items()]
        self.adam = torch.optim.AdamW(settings, lr=rate, betas=(0.9, 0.98), fused=True)

    def step(self, factor: float) -> None:
        """Applies the gradients at a share of the full rate."""
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for group, rate in zip(self.adam.param_groups, self.rates):
            group["lr"] = rate * factor
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)


class Learner:
    """Computes the gradients of one step, summed over all workers."""

    def __init__(self, network: Network, workers: int) -> None:
        self.network, self.workers = network, workers
        self.parameters = list(network.model.parameters())

    def gradients(self, batch: list[Drawn], curriculum: Curriculum) -> tuple[float, Tally]:
        """Leaves the gradients on the parameters; returns the loss and how many answers were right, by task."""
        counts = torch.zeros(len(tasks.TASKS), 2)
        total = 0.0
        for part in micro_batches(batch):
            loss = self.micro(part, curriculum, counts) / len(batch)
            loss.backward()
            total += loss.item()
        mean = self.shared(torch.tensor([total]), counts)
        return mean, {task: (float(counts[row, 0]), float(counts[row, 1])) for row, task in enumerate(tasks.TASKS)}

    def micro(self, part: list[Drawn], curriculum: Curriculum, counts: torch.Tensor) -> torch.Tensor:
        """The loss of one micro-batch: each answer weighs with the root of its length."""
        learnt = [
            (row, at, place, encoded.ids[at])
            for row, (_, _, encoded) in enumerate(part)
            for at, place in enumerate(encoded.places)
            if place >= 0
        ]
        states = self.network.hidden([encoded for _, _, encoded in part])
        logits = self.network.logits(states[[row for row, *_ in learnt], [at - 1 for _, at, *_ in learnt]])
        wanted = torch.tensor([token for *_, token in learnt])
        losses = functional.cross_entropy(logits, wanted, reduction="none")
        numbers: dict[tuple[int, int], int] = {}
        answer = torch.tensor([numbers.setdefault((row, place), len(numbers)) for row, _, place, _ in learnt])
        wrong = torch.zeros(len(numbers)).index_add(0, answer, (logits.argmax(-1) != wanted).float())
        tally(part, numbers, wrong, curriculum, counts)
        lengths = torch.bincount(answer, minlength=len(numbers)).float()
        return (losses / lengths.sqrt()[answer]).sum()

    def shared(self, total: torch.Tensor, counts: torch.Tensor) -> float:
        """Averages gradients and loss over the workers and sums the counts."""
        if self.workers == 1:
            return float(total)
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self.parameters]
        flat = torch.cat([total, counts.flatten(), *(grad.flatten() for grad in grads)])
        distributed.all_reduce(flat)
        counts.copy_(flat[1 : 1 + counts.numel()].view_as(counts))
        place = 1 + counts.numel()
        for parameter in self.parameters:
            parameter.grad = flat[place : place + parameter.numel()].view_as(parameter) / self.workers
            place += parameter.numel()
        return float(flat[0]) / self.workers


def micro_batches(batch: list[Drawn]) -> list[list[Drawn]]:
    """Conversations of like length together, none with more than the budget of padded tokens."""
    parts: list[list[Drawn]] = [[]]
    for drawn in sorted(batch, key=lambda one: len(one[2].ids)):
        if parts[-1] and len(drawn[2].ids) * (len(parts[-1]) + 1) > MICRO_BATCH_TOKENS:
            parts.append([])
        parts[-1].append(drawn)
    return parts


def tally(
    part: list[Drawn], numbers: dict[tuple[int, int], int], wrong: torch.Tensor, curriculum: Curriculum,
    counts: torch.Tensor,
) -> None:  # fmt: skip
    """Counts the answers near the reach of their task, and those whose tokens were the likeliest."""
    for (row, place), number in numbers.items():
        example, level, _ = part[row]
        task = example.answer(place).task.split("#")[0]
        if curriculum.counts(task, level):
            counts[tasks.TASKS.index(task)] += torch.tensor([1.0, float(wrong[number] <= TOLERATED.get(task, 0.0))])
