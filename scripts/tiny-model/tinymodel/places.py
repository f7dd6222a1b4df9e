"""Where things lie in the repository; imports nothing that must be installed first."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPOSITORY = ROOT.parents[1]
BASELINES, DOCS = REPOSITORY / "baselines", REPOSITORY / "docs"
MEASURED = DOCS / "measured"
TEXT_FILE, PROJECTOR_FILE = "tinyvl-F16.gguf", "mmproj-tinyvl-F16.gguf"
