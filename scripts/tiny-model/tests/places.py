"""The base that the tests make drifts from: the committed model, and a rounded copy of itself as its sibling."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from tinymodel.drifts.drift import TEXT, Base
from tinymodel.drifts.options import MODELS, PROJECTOR_NAME, ROOT, TEXT_NAME
from tinymodel.drifts.registry import named

SCRATCH = tempfile.TemporaryDirectory()
MODEL = MODELS / "tiny-qwen3-vl" / "model"
ALONE = Base(MODEL / TEXT_NAME, MODEL / PROJECTOR_NAME, MODEL / TEXT_NAME, ROOT / "factors")
SIBLING = Path(named("rounded-q4_0").make(ALONE, Path(SCRATCH.name) / "sibling")[TEXT])
BASE = replace(ALONE, sibling=SIBLING)
