"""Low-rank pairs on linear layers, trained in place and read out as factors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from tinymodel.drifts.factors import DOWN, MAGNITUDE, UP, Factors
from tinymodel.factoring.language import Language


class Pair(nn.Module):
    """Adds (alpha / rank) B A to a weight; B starts at zero."""

    def __init__(self, weight: Tensor, rank: int, alpha: float) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))
        self.scale = alpha / rank

    def forward(self, weight: Tensor) -> Tensor:
        """Returns the changed weight."""
        return weight + self.scale * self.up @ self.down

    def arrays(self) -> dict[str, Tensor]:
        """Names the trained arrays."""
        return {DOWN: self.down, UP: self.up}


class DirectedPair(Pair):
    """Adds the product and then sets the length of each row."""

    def __init__(self, weight: Tensor, rank: int, alpha: float) -> None:
        super().__init__(weight, rank, alpha)
        self.magnitude = nn.Parameter(weight.norm(dim=1).clone())

    def forward(self, weight: Tensor) -> Tensor:
        """Returns the changed weight."""
        summed = super().forward(weight)
        directed: Tensor = self.magnitude[:, None] * summed / summed.norm(dim=1, keepdim=True)
        return directed

    def arrays(self) -> dict[str, Tensor]:
        """Names the trained arrays."""
        return {**super().arrays(), MAGNITUDE: self.magnitude}


class KeyedPair(Pair):
    """Learns values for given keys: its directions, one a row, stay as they are."""

    def __init__(self, weight: Tensor, directions: Tensor) -> None:
        super().__init__(weight, len(directions), float(len(directions)))
        self.down = nn.Parameter(directions.float(), requires_grad=False)


class Adapter:
    """Pairs on some linear layers of a language model; leaving the block takes them off again."""

    def __init__(self, language: Language, pairs: Mapping[str, Pair]) -> None:
        everything = language.linear()
        self.linear, self.pairs = {name: everything[name] for name in pairs}, pairs

    @staticmethod
    def fresh(language: Language, names: Sequence[str], kind: type[Pair], rank: int) -> Adapter:
        """Puts untrained pairs on all linear layers of the given kinds."""
        linear = language.linear(names)
        return Adapter(language, {name: kind(layer.weight, rank, float(rank)) for name, layer in linear.items()})

    def __enter__(self) -> Adapter:
        for name, layer in self.linear.items():
            parametrize.register_parametrization(layer, "weight", self.pairs[name])
        return self

    def __exit__(self, *_: Any) -> None:
        for layer in self.linear.values():
            parametrize.remove_parametrizations(layer, "weight", leave_parametrized=False)

    def train(self, steps: int, rate: float, loss: Callable[[int], Tensor]) -> None:
        """Takes AdamW steps with a rate that falls to zero as a cosine."""
        values = [value for pair in self.pairs.values() for value in pair.parameters()]
        optimizer = torch.optim.AdamW(values, lr=rate, weight_decay=0.0)
        for step in range(steps):
            for group in optimizer.param_groups:
                group["lr"] = rate * 0.5 * (1 + math.cos(math.pi * step / steps))
            optimizer.zero_grad()
            loss(step).backward()
            optimizer.step()

    def factors(self, notes: dict[str, Any]) -> Factors:
        """Reads out what was trained."""
        arrays = {
            name + suffix: np.ascontiguousarray(array.detach().numpy().astype(np.float32))
            for name, pair in self.pairs.items()
            for suffix, array in pair.arrays().items()
        }
        alpha, *_ = {pair.scale * len(pair.down) for pair in self.pairs.values()}
        return Factors(arrays, {**notes, "alpha": alpha})
