"""The committed models that tests look at."""

from __future__ import annotations

from pathlib import Path

BASELINES = Path(__file__).resolve().parents[3] / "baselines"
HF_FOLDERS = sorted(BASELINES.glob("tiny-qwen3-vl*/hf"))
NAMES = {"tiny-qwen3-vl": "Tiny Qwen3-VL Instruct", "tiny-qwen3-vl-thinking": "Tiny Qwen3-VL Thinking"}
