"""The command-line options that name a base."""

from __future__ import annotations

import argparse
from pathlib import Path

from tinymodel.drifts.drift import Base
from tinymodel.places import BASELINES, PROJECTOR_FILE, ROOT, TEXT_FILE


def add_base_options(parser: argparse.ArgumentParser) -> None:
    """Adds the base's files, each with the project's own as the default."""
    base, sibling = BASELINES / "tiny-qwen3-vl" / "model", BASELINES / "tiny-qwen3-vl-thinking" / "model"
    parser.add_argument("--text", type=Path, default=base / TEXT_FILE, metavar="FILE", help="text model, GGUF in F16")
    parser.add_argument("--projector", type=Path, default=base / PROJECTOR_FILE, metavar="FILE", help="projector, GGUF")
    parser.add_argument("--sibling", type=Path, default=sibling / TEXT_FILE, metavar="FILE", help="text model to merge")
    parser.add_argument("--factors", type=Path, default=ROOT / "factors", metavar="DIR", help="trained factors")


def base_of(options: argparse.Namespace) -> Base:
    """Reads the options."""
    return Base(options.text, options.projector, options.sibling, options.factors)
