"""Whole-model merges: one that forgot to merge anything, and the mean of two siblings."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

from tinymodel.drifts.drift import Base, Derivation, Drift, Launch, Visible, rewriting
from tinymodel.weights import Gguf, ModelError, Tensor, Value, read_gguf

NAME = gguf.Keys.General.NAME
SHARE = 0.5


def renamed(model: Gguf) -> Gguf:
    """Gives the model another name and nothing else, as a merge tool does that writes the base out again."""
    name = model.value(NAME, "use a model with a name")
    return model.with_values({NAME: Value(f"{name}-merged", gguf.GGUFValueType.STRING)})


def mean(model: Gguf, sibling: Gguf, share: float) -> Gguf:
    """Mixes the tensors of two models of the same shapes."""
    return model.with_tensors(
        {name: mixed(tensor, partner(sibling, name, tensor), share) for name, tensor in model.tensors.items()}
    )


def partner(sibling: Gguf, name: str, tensor: Tensor) -> Tensor:
    """Finds the tensor of the sibling that belongs to one of the model."""
    found = sibling.tensors.get(name)
    if found is None or found.data.shape != tensor.data.shape or found.kind != tensor.kind:
        raise ModelError(
            f"{sibling.source}: no tensor '{name}' of type {tensor.kind.name} and shape {tensor.data.shape}"
        )
    return found


def mixed(tensor: Tensor, other: Tensor, share: float) -> Tensor:
    """Mixes two tensors and rounds to the type that they have."""
    values = (1 - share) * tensor.data.astype(np.float64) + share * other.data.astype(np.float64)
    return Tensor(values.astype(tensor.data.dtype), tensor.kind)


def make_mean(base: Base, folder: Path) -> Launch:
    """Writes the mean of base and sibling."""
    return base.write(mean(base.model(), read_gguf(base.sibling), SHARE), folder)


DRIFTS = (
    Drift(
        "merged-equals-base",
        "Control: a merge that says so in its name and left every tensor as it was.",
        Derivation("lora-merge", {"factors": "lost"}),
        ("modelConfig",),
        Visible.NOTHING,
        rewriting(renamed),
    ),
    Drift(
        "merged-siblings",
        "The mean of the base and its sibling.",
        Derivation("linear-merge", {"share": SHARE}, ("base", "sibling")),
        ("weights",),
        Visible.ANSWERS,
        make_mean,
    ),
)
