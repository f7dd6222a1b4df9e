"""Sampling defaults in the model's metadata: they act where a request leaves a setting out."""

from __future__ import annotations

from gguf import GGUFValueType

from tinymodel.drifts.drift import Derivation, Drift, Visible, rewriting
from tinymodel.weights import Value

SETTINGS = {
    "general.sampling.temp": Value(0.25, GGUFValueType.FLOAT32),
    "general.sampling.top_k": Value(2, GGUFValueType.INT32),
    "general.sampling.top_p": Value(0.5, GGUFValueType.FLOAT32),
}


DRIFTS = (
    Drift(
        "sampling-defaults",
        "The file's metadata ask for temperature 0.25, top-k 2, top-p 0.5.",
        Derivation("generation-defaults", {key: value.content for key, value in SETTINGS.items()}),
        ("generationDefaults",),
        Visible.DEFAULTS,
        rewriting(lambda model: model.with_values(SETTINGS)),
    ),
)
