"""What a drift is: a named change of a base model, what the lock should name, and what answers should show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from tinymodel.weights import Gguf, ModelError, read_gguf, write_gguf

Launch = dict[str, Any]
TEXT, PROJECTOR = "model.path", "mmproj.path"


class Visible(Enum):
    """What of a stack's answers a drift is expected to move."""

    NOTHING = "nothing"
    DEFAULTS = "only requests that leave sampling to the server"
    ANSWERS = "log-probabilities or texts"
    PROMPTS = "the length of prompts, and with it answers"
    REFUSALS = "refused requests"


@dataclass(frozen=True)
class Base:
    """The files that drifts are made from."""

    text: Path
    projector: Path
    sibling: Path
    factors: Path

    def model(self) -> Gguf:
        """Reads the text model."""
        return read_gguf(self.text)

    def write(self, model: Gguf, folder: Path) -> Launch:
        """Writes a changed text model under the base's own file name, so that nothing but its bytes can tell."""
        return {TEXT: str(write_gguf(model, folder / self.text.name))}


Maker = Callable[[Base, Path], Launch]


@dataclass(frozen=True)
class Derivation:
    """How a drift came from its parents: what an honest provider would declare for the lock's layer of that name."""

    operation: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    parents: tuple[str, ...] = ("base",)

    def declared(self) -> str:
        """Says it in one line, for `declared: {derivation: …}` of stack.yaml."""
        details = ", ".join(f"{name} {value}" for name, value in sorted(self.parameters.items()))
        return f"{self.operation} of {' and '.join(self.parents)}" + (f" ({details})" if details else "")


@dataclass(frozen=True)
class Drift:
    """One change; `make` writes its files into a folder and returns the launch parameters that differ."""

    name: str
    summary: str
    derivation: Derivation
    layers: tuple[str, ...]
    visible: Visible
    make: Maker


def rewriting(change: Callable[[Gguf], Gguf]) -> Maker:
    """Makes a drift that is a change of the text model alone."""
    return lambda base, folder: base.write(change(base.model()), folder)


def replace_once(text: str, old: str, new: str, source: str) -> str:
    """Replaces the one place of a text that a change is about."""
    if text.count(old) != 1:
        raise ModelError(f"{source}: {text.count(old)} places with {old!r}, expected 1; adapt the drift to this base")
    return text.replace(old, new)
