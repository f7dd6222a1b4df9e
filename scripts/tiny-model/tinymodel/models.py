"""Reads and writes the model as a Hugging Face directory."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import Qwen3VLForConditionalGeneration


def load_model(folder: Path) -> Qwen3VLForConditionalGeneration:
    """The model in 32-bit floats."""
    return Qwen3VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)


def save_model(model: Qwen3VLForConditionalGeneration, folder: Path) -> None:
    """Writes weights and configuration."""
    model.save_pretrained(folder)
