"""The base that the tests make drifts from: the committed model, and a rounded copy of itself as its sibling."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from tinymodel.drifts.drift import TEXT, Base
from tinymodel.drifts.registry import named
from tinymodel.places import BASELINES, PROJECTOR_FILE, ROOT, TEXT_FILE

SCRATCH = tempfile.TemporaryDirectory()
MODEL = BASELINES / "tiny-qwen3-vl" / "model"
ALONE = Base(MODEL / TEXT_FILE, MODEL / PROJECTOR_FILE, MODEL / TEXT_FILE, ROOT / "factors")
SIBLING = Path(named("rounded-q4_0").make(ALONE, Path(SCRATCH.name) / "sibling")[TEXT])
BASE = replace(ALONE, sibling=SIBLING)
