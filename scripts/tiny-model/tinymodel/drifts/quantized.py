"""Quantized weights, and weights that went through a quantization and back to F16: same names, types and file size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind

from tinymodel.drifts.drift import TEXT, Base, Derivation, Drift, Launch, Visible, rewriting
from tinymodel.weights import Gguf, ModelError, Tensor, write_gguf

FILE_TYPE = gguf.Keys.General.FILE_TYPE
PRECISE = ("attn_v.weight", "ffn_down.weight")  # llama.cpp's mixes give these more bits, too


def one_kind(name: str) -> Callable[[str], Kind]:
    """Gives every matrix the same type."""
    return lambda tensor: Kind[name]


def mixed(tensor: str) -> Kind:
    """Gives the embedding 8 bits, the sensitive matrices 5 and the rest 4."""
    if tensor.startswith("token_embd"):
        return Kind.Q8_0
    return Kind.Q5_1 if tensor.endswith(PRECISE) else Kind.Q4_0


def matrices(model: Gguf, kind_of: Callable[[str], Kind]) -> dict[str, Tensor]:
    """Finds the F16 matrices whose rows the quantization can hold."""
    found = {
        name: tensor
        for name, tensor in model.tensors.items()
        if tensor.is_matrix() and tensor.data.shape[1] % gguf.GGML_QUANT_SIZES[kind_of(name)][0] == 0
    }
    if not found:
        raise ModelError(f"{model.source}: no F16 matrix with rows that {kind_of('').name} can hold; use an F16 model")
    return found


def quantized(model: Gguf, kind_of: Callable[[str], Kind], file_type: gguf.LlamaFileType) -> Gguf:
    """Stores each matrix quantized."""
    packed = {
        name: Tensor(gguf.quants.quantize(tensor.data.astype(np.float32), kind_of(name)), kind_of(name))
        for name, tensor in matrices(model, kind_of).items()
    }
    return model.with_tensors(packed).with_contents({FILE_TYPE: int(file_type)})


def rounded(model: Gguf, kind_of: Callable[[str], Kind]) -> Gguf:
    """Passes each matrix through a quantization and back."""
    return model.with_tensors(
        {name: rounded_tensor(tensor, kind_of(name)) for name, tensor in matrices(model, kind_of).items()}
    )


def rounded_tensor(tensor: Tensor, kind: Kind) -> Tensor:
    """Passes one matrix through a quantization and back."""
    through = gguf.quants.quantize(tensor.data.astype(np.float32), kind)
    return Tensor(gguf.quants.dequantize(through, kind).astype(np.float16), tensor.kind)


def quantization(name: str, kind_of: Callable[[str], Kind], file_type: gguf.LlamaFileType, summary: str) -> Drift:
    """Describes a quantized drift, whose file carries the type in its name, as published ones do."""

    def make(base: Base, folder: Path) -> Launch:
        target = folder / base.text.name.replace("F16", name.upper())
        return {TEXT: str(write_gguf(quantized(base.model(), kind_of, file_type), target))}

    layers = ("weights", "quantization")
    return Drift(f"quantized-{name}", summary, Derivation("quantize", {"type": name}), layers, Visible.ANSWERS, make)


def rounding(kind: str) -> Drift:
    """Describes a rounded drift."""
    make = rewriting(lambda model: rounded(model, one_kind(kind)))
    summary = f"Weights taken through {kind} and back to F16: same names, types, shapes and file size."
    derivation = Derivation("quantize-and-back", {"type": kind})
    return Drift(f"rounded-{kind.lower()}", summary, derivation, ("weights",), Visible.ANSWERS, make)


DRIFTS = (
    quantization("q8_0", one_kind("Q8_0"), gguf.LlamaFileType.MOSTLY_Q8_0, "All matrices in 8 bits."),
    quantization("q4_0", one_kind("Q4_0"), gguf.LlamaFileType.MOSTLY_Q4_0, "All matrices in 4 bits."),
    quantization(
        "mixed",
        mixed,
        gguf.LlamaFileType.MOSTLY_Q4_0,
        "Embedding Q8_0, value and down projections Q5_1, the rest Q4_0.",
    ),
    rounding("Q8_0"),
    rounding("Q4_0"),
)
