"""When served files count as the Hugging Face model: the limits of the reference check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LARGEST_DIFFERENCE, MOST_OTHER_TEXTS = 0.02, 0.02


def problems(found: Mapping[str, Any]) -> list[str]:
    """Says what of a comparison lies beyond the limits; one text may always be another, else few would be too few."""
    total, missing, largest = found["conversations"], found["missing"], found["largest"]
    firsts, texts = found["sameFirstToken"], found["sameText"]
    told = []
    if missing:
        told.append(f"{missing} first candidates are not among the server's, expected 0")
    if firsts < total:
        told.append(f"{firsts} of {total} first tokens are equal, expected all")
    if total - texts > max(1, MOST_OTHER_TEXTS * total):
        told.append(
            f"{texts} of {total} greedy texts are equal, expected all but {MOST_OTHER_TEXTS:.0%}, or all but one"
        )
    if largest > LARGEST_DIFFERENCE:
        told.append(f"log-probabilities differ by up to {largest}, expected at most {LARGEST_DIFFERENCE}")
    return told
