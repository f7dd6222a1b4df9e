"""The command-line options that name a base."""

from __future__ import annotations

import argparse
from pathlib import Path

from tinymodel.drifts.drift import Base

ROOT = Path(__file__).resolve().parents[2]
REPOSITORY = ROOT.parents[1]
MODELS = REPOSITORY / "baselines"
TEXT_NAME, PROJECTOR_NAME = "tinyvl-F16.gguf", "mmproj-tinyvl-F16.gguf"


def add_base_options(parser: argparse.ArgumentParser) -> None:
    """Adds the base's files, each with the project's own as the default."""
    base, sibling = MODELS / "tiny-qwen3-vl" / "model", MODELS / "tiny-qwen3-vl-thinking" / "model"
    parser.add_argument("--text", type=Path, default=base / TEXT_NAME, metavar="FILE", help="text model, GGUF in F16")
    parser.add_argument("--projector", type=Path, default=base / PROJECTOR_NAME, metavar="FILE", help="projector, GGUF")
    parser.add_argument("--sibling", type=Path, default=sibling / TEXT_NAME, metavar="FILE", help="text model to merge")
    parser.add_argument("--factors", type=Path, default=ROOT / "factors", metavar="DIR", help="trained factors")


def base_of(options: argparse.Namespace) -> Base:
    """Reads the options."""
    return Base(options.text, options.projector, options.sibling, options.factors)
