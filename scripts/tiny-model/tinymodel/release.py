"""Puts a trained model together: the Hugging Face folder with its tokenizer, and the GGUF files made of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tinymodel import tokenizer
from tinymodel.conversion import convert
from tinymodel.places import PROJECTOR_FILE, TEXT_FILE

# Sizes in pixels: from the eight tokens that llama.cpp needs at least, up to 1,024 tokens.
PROCESSOR: dict[str, Any] = {
    "size": {"longest_edge": 1048576, "shortest_edge": 8192}, "patch_size": 16, "temporal_patch_size": 2,
    "merge_size": 2, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
    "processor_class": "Qwen3VLProcessor",
}  # fmt: skip
PROCESSORS = {
    "preprocessor_config.json": {**PROCESSOR, "image_processor_type": "Qwen2VLImageProcessorFast"},
    "video_preprocessor_config.json": {**PROCESSOR, "video_processor_type": "Qwen3VLVideoProcessor"},
}


def release(trained: Path, name: str, target: Path, thinking: bool) -> None:
    """Makes `hf` and `model` in the target folder out of the weights and configuration of a training run."""
    hf, model = target / "hf", target / "model"
    tokenizer.write(hf, thinking)
    for file in ("model.safetensors", "config.json", "generation_config.json"):
        shutil.copyfile(trained / file, hf / file)
    for file, content in PROCESSORS.items():
        (hf / file).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    model.mkdir(parents=True, exist_ok=True)
    convert(hf, name, model / TEXT_FILE, model / PROJECTOR_FILE)
