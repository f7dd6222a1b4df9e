"""The small trained files that some drifts need: low-rank pairs, magnitudes or single changed values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tinymodel.drifts.drift import Base
from tinymodel.weights import ModelError, read_safetensors, write_safetensors

DOWN, UP, MAGNITUDE, PLACES, VALUES = ".lora_a", ".lora_b", ".magnitude", ".places", ".values"


@dataclass(frozen=True)
class Factors:
    """Arrays by tensor name and suffix, and what was noted when they were made."""

    arrays: Mapping[str, np.ndarray]
    notes: Mapping[str, Any]

    def names(self, suffix: str) -> list[str]:
        """Lists the tensors that have an array of one kind."""
        return sorted(name.removesuffix(suffix) for name in self.arrays if name.endswith(suffix))

    def scale(self) -> float:
        """Returns alpha over rank, the weight of the product of a pair."""
        rank: int = self.arrays[self.names(DOWN)[0] + DOWN].shape[0]
        return float(self.notes["alpha"]) / rank

    def product(self, name: str) -> np.ndarray:
        """Returns the scaled product of a pair, in the shape of its tensor."""
        pair = self.arrays[name + UP].astype(np.float64), self.arrays[name + DOWN].astype(np.float64)
        whole: np.ndarray = pair[0] @ pair[1]
        return self.scale() * whole


def path_of(folder: Path, name: str) -> Path:
    """Returns where the factors of a name lie."""
    return folder / f"{name}.safetensors"


def read(base: Base, name: str) -> Factors:
    """Reads factors, which must have been made for this very base."""
    source = path_of(base.factors, name)
    if not source.is_file():
        raise ModelError(f"{source}: missing; make it with `tiny-model factoring {name}`")
    arrays, notes = read_safetensors(source)
    made_for, wanted = notes["base"], base.model().digest()
    if made_for != wanted:
        raise ModelError(
            f"{source}: made for the base with tensors {made_for[:12]}, but {base.text} has {wanted[:12]};"
            f" make it again with `tiny-model factoring {name}`"
        )
    return Factors(arrays, json.loads(notes["notes"]))


def write(base: Base, name: str, made: Factors) -> Path:
    """Writes factors with the digest of the base that they are for."""
    notes = {"base": base.model().digest(), "notes": json.dumps(made.notes, sort_keys=True)}
    return write_safetensors(made.arrays, notes, path_of(base.factors, name))
