"""All drifts by name."""

from __future__ import annotations

from tinymodel.drifts import defaults, launches, lowrank, merges, quantized, steps, templates, tokenizers
from tinymodel.drifts.drift import Drift
from tinymodel.weights import ModelError

FAMILIES = (quantized, templates, tokenizers, defaults, lowrank, merges, steps, launches)
DRIFTS: dict[str, Drift] = {drift.name: drift for family in FAMILIES for drift in family.DRIFTS}


def named(name: str) -> Drift:
    """Returns one drift."""
    if name not in DRIFTS:
        raise ModelError(f"drift '{name}': unknown; expected one of {', '.join(DRIFTS)}")
    return DRIFTS[name]
