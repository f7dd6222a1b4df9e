"""Drifts that add a matrix of low rank to some weights: adapters at run time, and adapters and edits merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np

from tinymodel.drifts import factors
from tinymodel.drifts.drift import Base, Derivation, Drift, Launch, Visible
from tinymodel.drifts.factors import DOWN, MAGNITUDE, UP, Factors
from tinymodel.weights import Gguf, Tensor, Value, write_gguf

Change = Callable[[Gguf, Factors], Gguf]
ARCHITECTURE = gguf.Keys.General.ARCHITECTURE
F32 = gguf.GGMLQuantizationType.F32
TEXT_VALUE = gguf.GGUFValueType.STRING


def merged(model: Gguf, pairs: Factors) -> Gguf:
    """Adds the product of each pair to its matrix: W + (alpha / rank) B A (LoRA, arXiv 2106.09685)."""
    return model.with_tensors({name: half(summed(model, pairs, name)) for name in pairs.names(DOWN)})


def merged_by_direction(model: Gguf, pairs: Factors) -> Gguf:
    """Gives each row of the sum a trained length (DoRA, arXiv 2402.09353)."""
    return model.with_tensors({name: half(directed(model, pairs, name)) for name in pairs.names(DOWN)})


def summed(model: Gguf, pairs: Factors, name: str) -> np.ndarray:
    """Returns one matrix with its product added."""
    whole: np.ndarray = model.tensors[name].numbers() + pairs.product(name)
    return whole


def directed(model: Gguf, pairs: Factors, name: str) -> np.ndarray:
    """Returns one matrix with its product added and its rows' lengths set."""
    direction = summed(model, pairs, name)
    lengths = pairs.arrays[name + MAGNITUDE].astype(np.float64) / np.linalg.norm(direction, axis=1)
    scaled: np.ndarray = lengths[:, None] * direction
    return scaled


def half(values: np.ndarray) -> Tensor:
    """Rounds a matrix to F16, as the base stores it."""
    return Tensor(values.astype(np.float16), gguf.GGMLQuantizationType.F16)


def adapter(model: Gguf, pairs: Factors) -> Gguf:
    """Makes the adapter file that llama.cpp applies at run time."""
    metadata = {
        ARCHITECTURE: Value(model.value(ARCHITECTURE, "use a whole model"), TEXT_VALUE),
        gguf.Keys.General.TYPE: Value("adapter", TEXT_VALUE),
        gguf.Keys.Adapter.TYPE: Value("lora", TEXT_VALUE),
        gguf.Keys.Adapter.LORA_ALPHA: Value(float(pairs.notes["alpha"]), gguf.GGUFValueType.FLOAT32),
    }
    names = [name + suffix for name in pairs.names(DOWN) for suffix in (DOWN, UP)]
    return Gguf("adapter", metadata, {name: Tensor(pairs.arrays[name], F32) for name in names})


def make_adapter(base: Base, folder: Path) -> Launch:
    """Writes the adapter alone: the base stays as it is."""
    file = write_gguf(adapter(base.model(), factors.read(base, "lora")), folder / "lora.gguf")
    return {"lora_adapters": [{"path": str(file), "scale": 1.0}]}


def drift(name: str, derivation: Derivation, summary: str, change: Change = merged) -> Drift:
    """Describes a drift of merged factors."""

    def make(base: Base, folder: Path) -> Launch:
        return base.write(change(base.model(), factors.read(base, derivation.parameters["factors"])), folder)

    return Drift(name, summary, derivation, ("weights",), Visible.ANSWERS, make)


def using(operation: str, source: str) -> Derivation:
    """Says which factors an operation used."""
    return Derivation(operation, {"factors": source})


DRIFTS = (
    Drift(
        "lora-runtime",
        "A trained LoRA adapter, loaded at the start beside the unchanged base.",
        Derivation("lora-runtime", {"factors": "lora", "scale": 1.0}),
        ("adapters",),
        Visible.ANSWERS,
        make_adapter,
    ),
    drift("lora-merged", using("lora-merge", "lora"), "The same LoRA adapter, merged into the weights."),
    drift("dora-merged", using("dora-merge", "dora"), "A trained DoRA adapter, merged.", merged_by_direction),
    drift("prompt-baked", using("prompt-baking", "prompt-baked"), "A system prompt distilled into the weights."),
    drift(
        "context-distilled",
        using("context-distillation", "context-distilled"),
        "Three worked examples distilled in.",
    ),
    drift("rome", using("rome", "rome"), "One capital edited: a rank-one change of one down projection."),
    drift("memit", using("memit", "memit"), "Ten capitals edited: changes of rank ten in two down projections."),
)
