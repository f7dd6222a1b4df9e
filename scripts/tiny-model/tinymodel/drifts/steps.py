"""One more step of training: the few F16 values that it changes, and a step too small to change any."""

from __future__ import annotations

from pathlib import Path

from tinymodel.drifts import factors
from tinymodel.drifts.drift import Base, Derivation, Drift, Launch, Visible
from tinymodel.drifts.factors import PLACES, VALUES, Factors
from tinymodel.weights import Gguf, Tensor


def stepped(model: Gguf, changed: Factors) -> Gguf:
    """Puts the changed values into their places."""
    return model.with_tensors({name: patched(model.tensors[name], changed, name) for name in changed.names(PLACES)})


def patched(tensor: Tensor, changed: Factors, name: str) -> Tensor:
    """Puts the changed values of one tensor into their places."""
    data = tensor.data.copy()
    data.reshape(-1)[changed.arrays[name + PLACES]] = changed.arrays[name + VALUES]
    return Tensor(data, tensor.kind)


def drift(name: str, summary: str, layers: tuple[str, ...], visible: Visible) -> Drift:
    """Describes the drift of one step."""

    def make(base: Base, folder: Path) -> Launch:
        return base.write(stepped(base.model(), factors.read(base, name)), folder)

    return Drift(name, summary, Derivation("gradient-step", {"factors": name}), layers, visible, make)


DRIFTS = (
    drift("gradient-step", "One gradient step from the fp32 master, rounded to F16.", ("weights",), Visible.ANSWERS),
    drift("gradient-step-lost", "Control: a step so small that F16 keeps nothing of it.", (), Visible.NOTHING),
)
