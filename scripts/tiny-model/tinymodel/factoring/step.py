"""One gradient step from the fp32 master, and what F16 keeps of it."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import torch

from tinymodel.drifts.factors import PLACES, VALUES, Factors
from tinymodel.factoring.language import Language, user
from tinymodel.questions import draw

BATCH, LONGEST = 56, 1.0
RATE, LOST_RATE = 1e-4, 1e-12


def step(language: Language, rate: float) -> Factors:
    """Takes one step of plain gradient descent on all linear layers, the gradient cut to length 1."""
    weights = {name: layer.weight for name, layer in language.linear().items()}
    turns = [language.turn([user(one.prompt)], one.answer) for one in draw(Random("gradient-step"), BATCH)]
    for weight in weights.values():
        weight.requires_grad_(True)
    language.loss(turns).backward()
    length = float(torch.nn.utils.clip_grad_norm_(weights.values(), LONGEST))
    arrays: dict[str, np.ndarray] = {}
    for name, weight in weights.items():
        arrays |= changes(name, weight.detach(), weight.detach() - rate * gradient(weight))
        weight.requires_grad_(False)
        weight.grad = None
    return Factors(arrays, notes(arrays, rate, length))


def gradient(weight: torch.Tensor) -> torch.Tensor:
    """Returns the gradient that a backward pass left."""
    if weight.grad is None:
        raise AssertionError("every linear layer takes part in the loss")
    return weight.grad


def changes(name: str, before: torch.Tensor, after: torch.Tensor) -> dict[str, np.ndarray]:
    """Returns the places and new values of what differs in F16."""
    old, new = (values.numpy().astype(np.float16).reshape(-1) for values in (before, after))
    places = np.flatnonzero(old != new).astype(np.int32)
    return {name + PLACES: places, name + VALUES: new[places]}


def notes(arrays: dict[str, np.ndarray], rate: float, length: float) -> dict[str, Any]:
    """Reports how many values changed."""
    changed = sum(len(array) for name, array in arrays.items() if name.endswith(PLACES))
    return {"rate": rate, "report": {"F16 values changed": changed, "length of the gradient": round(length, 4)}}


def kept_step(language: Language) -> Factors:
    """Takes a step of a size that fine-tuning uses."""
    return step(language, RATE)


def lost_step(language: Language) -> Factors:
    """Takes a step that is too small for F16."""
    return step(language, LOST_RATE)
