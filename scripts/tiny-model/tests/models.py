"""The committed models that tests look at."""

from __future__ import annotations

from pathlib import Path

from tinymodel.places import BASELINES, PROJECTOR_FILE, TEXT_FILE

HF_FOLDERS = sorted(BASELINES.glob("tiny-qwen3-vl*/hf"))
NAMES = {"tiny-qwen3-vl": "Tiny Qwen3-VL Instruct", "tiny-qwen3-vl-thinking": "Tiny Qwen3-VL Thinking"}


def files_beside(hf: Path) -> tuple[Path, Path]:
    """The GGUF files of a Hugging Face folder."""
    model = hf.parent / "model"
    return model / TEXT_FILE, model / PROJECTOR_FILE
