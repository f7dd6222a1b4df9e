"""Drifts of the launch and of the image processor: the text model stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gguf import GGUFValueType, LlamaFileType

from tinymodel.drifts.drift import PROJECTOR, Base, Derivation, Drift, Launch, Visible
from tinymodel.drifts.quantized import one_kind, quantized
from tinymodel.weights import Value, read_gguf, write_gguf

DRAFT_SIMPLE = 1
PIXELS = {
    "clip.vision.image_min_pixels": Value(32 * 32 * 32, GGUFValueType.UINT32),
    "clip.vision.image_max_pixels": Value(64 * 32 * 32, GGUFValueType.UINT32),
}


def make_draft(base: Base, folder: Path) -> Launch:
    """Adds the base in 4 bits as the model that guesses ahead."""
    draft = quantized(base.model(), one_kind("Q4_0"), LlamaFileType.MOSTLY_Q4_0)
    file = write_gguf(draft, folder / "draft.gguf")
    return {"speculative.draft.mparams.path": str(file), "speculative.types": [DRAFT_SIMPLE]}


def make_processor(base: Base, folder: Path) -> Launch:
    """Writes the projector with other limits of the picture size in its metadata."""
    changed = read_gguf(base.projector).with_values(PIXELS)
    return {PROJECTOR: str(write_gguf(changed, folder / base.projector.name))}


def setting(name: str, summary: str, launch: dict[str, Any], visible: Visible) -> Drift:
    """Describes a drift that is nothing but launch parameters."""

    def make(base: Base, folder: Path) -> Launch:
        return dict(launch)

    return Drift(name, summary, Derivation("launch", launch), ("launch",), visible, make)


DRIFTS = (
    Drift(
        "draft-model",
        "Speculative decoding: the base in 4 bits guesses ahead, the base checks.",
        Derivation("launch", {"speculative.types": "draft-simple", "draft": "base in Q4_0"}),
        ("launch",),
        Visible.ANSWERS,
        make_draft,
    ),
    setting(
        "image-min-tokens", "Pictures are enlarged to at least 32 tokens.", {"image_min_tokens": 32}, Visible.PROMPTS
    ),
    setting("image-max-tokens", "Pictures are shrunk to at most 8 tokens.", {"image_max_tokens": 8}, Visible.PROMPTS),
    Drift(
        "processor-limits",
        "The projector's metadata ask for pictures of at least 32 tokens.",
        Derivation("processor", {key: value.content for key, value in PIXELS.items()}),
        ("processor",),
        Visible.PROMPTS,
        make_processor,
    ),
)
