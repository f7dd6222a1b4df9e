"""Measures a sibling, and knows of which files and engine a measurement tells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinymodel.chains import chains
from tinymodel.embedded import stack_of
from tinymodel.evaluation import distinct, measured
from tinymodel.places import PROJECTOR_FILE, TEXT_FILE
from tinymodel.server import served
from tinymodel.weights import ModelError


def evaluated(folder: Path, name: str, number: int) -> dict[str, Any]:
    """Asks everything of the GGUF files of one folder."""
    files = folder / TEXT_FILE, folder / PROJECTOR_FILE
    with served(*files, name) as server:
        return {"stack": stack_of(*files), **measured(server, number), "chains": chains(server, number)}


def with_chains(folder: Path, name: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Asks the chains again, and keeps what else was measured of the same files."""
    check_stack(folder, counts)
    with served(folder / TEXT_FILE, folder / PROJECTOR_FILE, name) as server:
        again = chains(server, counts["number"])
    return {**counts, "distinct": distinct(counts["number"]), "chains": again}


def check_stack(folder: Path, counts: Mapping[str, Any]) -> None:
    """Refuses counts of other files or of another engine."""
    here = stack_of(folder / TEXT_FILE, folder / PROJECTOR_FILE)
    for part, value in here.items():
        if counts["stack"][part] != value:
            raise ModelError(
                f"{folder}: {part} is {value}, but the counts are of {counts['stack'][part]};"
                " measure again with `tiny-model evaluate`"
            )
